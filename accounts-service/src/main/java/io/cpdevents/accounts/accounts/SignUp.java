package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.accounts.Account.Proposal;
import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person signs up and is sent a verification mail. Neither the answer nor the time that it takes
 * shows whether the address was taken.
 */
@Component
public class SignUp {

  /**
   * What the person asks for.
   *
   * @param requestId the same for every repetition of one request
   */
  public record Command(
      UUID requestId,
      String email,
      Password password,
      String name,
      Preferences preferences,
      RequestOrigin origin) {}

  private final RequestLimits limits;
  private final PasswordHashing passwords;
  private final TransactionTemplate transaction;
  private final Accounts accounts;
  private final VerificationMails mails;
  private final IssueVerificationMail issueVerificationMail;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  SignUp(
      RequestLimits limits,
      PasswordHashing passwords,
      TransactionTemplate transaction,
      Accounts accounts,
      VerificationMails mails,
      IssueVerificationMail issueVerificationMail,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.limits = limits;
    this.passwords = passwords;
    this.transaction = transaction;
    this.accounts = accounts;
    this.mails = mails;
    this.issueVerificationMail = issueVerificationMail;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Signs the person up, or pretends to. Mails to one address are counted by network, so that a
   * stranger's do not keep the person of that address from signing up, and by the day over all
   * networks.
   *
   * @throws RuleViolation 429 {@code too-many-requests} or {@code server-busy}
   */
  public void handle(Command command) {
    limits.take(Limit.SIGN_UP_ADDRESS, command.origin());
    limits.take(Limit.VERIFICATION_MAIL, command.email() + " from " + command.origin().allotment());
    limits.take(Limit.VERIFICATION_MAIL_EMAIL, command.email());
    // The password is hashed even if the address is taken, so that both cases take as long; and
    // outside the transaction, because hashing is slow.
    String passwordHash = passwords.hash(command.password());
    Proposal proposal = new Proposal(command.name(), command.preferences(), passwordHash);
    transaction.executeWithoutResult(_ -> signUp(command, proposal));
  }

  private void signUp(Command command, Proposal proposal) {
    Instant now = clock.instant();
    Account account = Account.signedUp(Ids.next(), command.email(), proposal, now);
    if (accounts.addIfEmailIsFree(account)) {
      issueMail(account, command, "account.signed-up");
      return;
    }
    Account known =
        accounts
            .lockByEmail(command.email())
            .orElseThrow(
                () -> new IllegalStateException("the account was removed in the meantime"));
    if (known.isVerified()) {
      // Nothing is sent or changed. The audit entry makes this case take as long as the others.
      record(known, "account.sign-up-repeated");
      return;
    }
    if (mails.exists(command.requestId())) {
      return;
    }
    Account again = known.signedUpAgain(proposal, now);
    accounts.save(again);
    issueMail(again, command, "account.sign-up-repeated");
  }

  private void issueMail(Account account, Command command, String action) {
    issueVerificationMail.handle(
        account, new IssueVerificationMail.Request(command.requestId(), command.origin()));
    outbox.append(account.toEvent());
    record(account, action);
  }

  private void record(Account account, String action) {
    auditTrail.record(action, "account", account.id().toString(), null, Map.of());
  }
}
