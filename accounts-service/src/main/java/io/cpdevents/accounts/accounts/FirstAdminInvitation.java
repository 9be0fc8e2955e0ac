package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.platformroles.GrantFirstAdmin;
import io.cpdevents.platform.text.EmailAddresses;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the owner of {@code CPD_BOOTSTRAP_ADMIN_EMAIL} the first platform-admin, as long as there
 * is none: when the address is verified, or at the start if it was verified before. Nobody else may
 * have signed up with the address.
 */
@Component
class FirstAdminInvitation implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(FirstAdminInvitation.class);

  private final Optional<String> invited;
  private final Accounts accounts;
  private final GrantFirstAdmin grantFirstAdmin;
  private final TransactionTemplate transaction;

  FirstAdminInvitation(
      @Value("${cpd.accounts.bootstrap-admin-email}") String invited,
      Accounts accounts,
      GrantFirstAdmin grantFirstAdmin,
      TransactionTemplate transaction) {
    this.invited = invited.isBlank() ? Optional.empty() : Optional.of(address(invited));
    this.accounts = accounts;
    this.grantFirstAdmin = grantFirstAdmin;
    this.transaction = transaction;
  }

  private static String address(String invited) {
    return EmailAddresses.normalForm(invited)
        .orElseThrow(() -> new IllegalArgumentException("no e-mail address: " + invited));
  }

  /**
   * Makes the account the first platform-admin if it is the invited one. A contested account never
   * is: its owner may have followed the link of a stranger's sign-up, and so let the stranger in.
   */
  void offerTo(Account verified) {
    if (invited.filter(verified.email()::equals).isEmpty()) {
      return;
    }
    if (verified.contested()) {
      log.warn(
          "{} is invited to be the first platform-admin, but several people have signed up with"
              + " its address, so it gets no role. Invite an address that nobody has signed up with.",
          verified);
      return;
    }
    grantFirstAdmin.handle(verified.id());
  }

  @Override
  public void run(ApplicationArguments arguments) {
    invited.ifPresent(email ->
        transaction.executeWithoutResult(
            _ -> accounts.lockByEmail(email).filter(Account::isVerified).ifPresent(this::offerTo)));
  }
}
