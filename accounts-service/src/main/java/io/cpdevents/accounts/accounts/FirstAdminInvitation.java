package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.platformroles.PlatformRoles;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Invites the first platform-admin by {@code CPD_BOOTSTRAP_ADMIN_EMAIL}: as long as there is none,
 * the account that has verified this address becomes it, whether it did so before or after the
 * start.
 */
@Component
class FirstAdminInvitation implements ApplicationRunner {

  private final Optional<EmailAddress> invited;
  private final Accounts accounts;
  private final PlatformRoles platformRoles;
  private final TransactionTemplate transaction;

  FirstAdminInvitation(
      @Value("${cpd.accounts.bootstrap-admin-email}") String invited,
      Accounts accounts,
      PlatformRoles platformRoles,
      TransactionTemplate transaction) {
    this.invited = invited.isBlank() ? Optional.empty() : Optional.of(EmailAddress.of(invited));
    this.accounts = accounts;
    this.platformRoles = platformRoles;
    this.transaction = transaction;
  }

  boolean isFor(EmailAddress email) {
    return invited.filter(email::equals).isPresent();
  }

  @Override
  public void run(ApplicationArguments arguments) {
    invited.ifPresent(email ->
        transaction.executeWithoutResult(status ->
            accounts
                .lockByEmail(email)
                .filter(Account::isVerified)
                .ifPresent(account -> platformRoles.grantFirstAdmin(account.id()))));
  }
}
