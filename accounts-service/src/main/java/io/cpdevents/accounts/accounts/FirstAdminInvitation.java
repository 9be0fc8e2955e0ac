package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.platformroles.PlatformRoles;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Invites the first platform-admin by {@code CPD_BOOTSTRAP_ADMIN_EMAIL}: as long as there is none,
 * the account that has verified this address becomes it, whether it did so before or after the
 * start. Nobody else may have signed up with the address.
 */
@Component
class FirstAdminInvitation implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(FirstAdminInvitation.class);

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

  /**
   * Makes the account the first platform-admin if it is the invited one. A contested one is not:
   * its owner may have followed the link of a stranger's sign-up, and with it let the stranger in.
   */
  void grantTo(Account verified) {
    if (invited.filter(verified.email()::equals).isEmpty()) {
      return;
    }
    if (verified.contested()) {
      log.warn(
          "{} is invited to be the first platform-admin, but several have signed up with its"
              + " address: it gets no role. Invite an address that nobody has signed up with.",
          verified);
      return;
    }
    platformRoles.grantFirstAdmin(verified.id());
  }

  @Override
  public void run(ApplicationArguments arguments) {
    invited.ifPresent(email ->
        transaction.executeWithoutResult(status ->
            accounts.lockByEmail(email).filter(Account::isVerified).ifPresent(this::grantTo)));
  }
}
