package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.accounts.Account.Proposal;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.accounts.platformroles.GrantPlatformRole;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.PlatformRole;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Provides a verified account with a known password and a platform role, without any mail. */
@Component
public class ProvideAccount {

  /** The account that is wanted. */
  public record Command(String email, Password password, String name, PlatformRole role) {}

  private final Accounts accounts;
  private final VerificationMails mails;
  private final PasswordHashing passwords;
  private final GrantPlatformRole grantPlatformRole;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  ProvideAccount(
      Accounts accounts,
      VerificationMails mails,
      PasswordHashing passwords,
      GrantPlatformRole grantPlatformRole,
      TransactionTemplate transaction,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.accounts = accounts;
    this.mails = mails;
    this.passwords = passwords;
    this.grantPlatformRole = grantPlatformRole;
    this.transaction = transaction;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Creates or changes the account as wanted. Two instances may do this at the same time. */
  public void handle(Command command) {
    boolean asWanted =
        accounts
            .find(command.email())
            .filter(Account::isVerified)
            .filter(account -> passwords.matches(command.password(), account.passwordHash()))
            .isPresent();
    if (!asWanted) {
      String passwordHash = passwords.hash(command.password());
      transaction.executeWithoutResult(_ -> provide(command, passwordHash));
    }
    transaction.executeWithoutResult(_ ->
        accounts
            .lockByEmail(command.email())
            .ifPresent(account -> grantPlatformRole.handle(account.id(), command.role())));
  }

  private void provide(Command command, String passwordHash) {
    Instant now = clock.instant();
    Proposal proposal = new Proposal(command.name(), new Preferences(null, null), passwordHash);
    accounts.addIfEmailIsFree(Account.signedUp(Ids.next(), command.email(), proposal, now));
    Account account = accounts.lockByEmail(command.email()).orElseThrow();
    Account provided =
        account.isVerified()
            ? account.withPassword(passwordHash, now)
            : account.verified(proposal, now);
    mails.removeAllOf(provided.id());
    accounts.save(provided);
    outbox.append(provided.toEvent());
    auditTrail.record(
        "account.provided",
        "account",
        provided.id().toString(),
        null,
        new Change(
            Map.of("status", account.isVerified() ? "verified" : "unverified"),
            Map.of("status", "verified")));
  }
}
