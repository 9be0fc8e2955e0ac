package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.logins.Attempt;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.LoginOutcome;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.MakeAttempt;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A person proves that an e-mail address is theirs by following the link in the verification mail,
 * and that the sign-up was theirs by its password: whoever signs up with a stranger's address has
 * the password but not the mail, and the stranger has the mail but not the password.
 */
@Component
public class VerifyEmail {

  /** The link that was followed, and the password of the sign-up that it was sent for. */
  public record Command(OpaqueToken token, Password password, RequestOrigin origin) {}

  private final RequestLimits limits;
  private final PasswordHashing passwords;
  private final MakeAttempt makeAttempt;
  private final Accounts accounts;
  private final VerificationMails mails;
  private final FirstAdminInvitation firstAdmin;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  VerifyEmail(
      RequestLimits limits,
      PasswordHashing passwords,
      MakeAttempt makeAttempt,
      Accounts accounts,
      VerificationMails mails,
      FirstAdminInvitation firstAdmin,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.limits = limits;
    this.passwords = passwords;
    this.makeAttempt = makeAttempt;
    this.accounts = accounts;
    this.mails = mails;
    this.firstAdmin = firstAdmin;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Verifies the address. The link counts once; whoever opens it twice within an hour gets the same
   * answer, and the second time changes nothing. A wrong password uses nothing up but an attempt.
   *
   * @throws RuleViolation 400 {@code token-invalid} when it is unknown, used for longer or too old;
   *     401 {@code invalid-credentials}; 429 {@code too-many-requests} or {@code server-busy}
   */
  public void handle(Command command) {
    byte[] tokenSha256 = command.token().sha256();
    Instant now = clock.instant();
    VerificationMails.Key key =
        mails
            .keyOf(tokenSha256, now, followedSince(now))
            .orElseThrow(() -> AccountsProblem.TOKEN_INVALID.violation());
    String link = HexFormat.of().formatHex(tokenSha256);
    boolean isFirst =
        makeAttempt.handle(
            new Attempt(
                LoginPurpose.EMAIL_VERIFICATION,
                LoginMethod.PASSWORD,
                key.accountId(),
                null,
                command.origin()),
            new Trial<Instant, Boolean>(
                () -> check(command, key, link), (_, _) -> Optional.of(follow(tokenSha256, now))));
    // Repetitions count: each costs a hash, and whoever has one link would have any number of them.
    if (isFirst) {
      limits.onSuccess(Limit.VERIFICATION, link);
      limits.onSuccess(Limit.LOG_IN_ADDRESS, command.origin());
    }
  }

  /** Outside the transaction, because hashing is slow. */
  private Checked<Instant> check(Command command, VerificationMails.Key key, String link) {
    limits.take(Limit.VERIFICATION, link);
    limits.take(Limit.LOG_IN_ADDRESS, command.origin());
    return passwords.matches(command.password(), key.passwordHash())
        ? new Checked.Passed<>(clock.instant())
        : new Checked.Failed<>(LoginOutcome.WRONG_PASSWORD);
  }

  /** Answers whether this is the first time. */
  private boolean follow(byte[] tokenSha256, Instant now) {
    // The account is locked before its mails, so that two links of one account cannot deadlock.
    Optional<Account> account = mails.accountOf(tokenSha256).flatMap(accounts::lock);
    Optional<VerificationMail> mail = account.flatMap(_ -> mails.consume(tokenSha256, now));
    if (mail.isEmpty()) {
      requireFollowedBefore(tokenSha256, now);
      return false;
    }
    verify(account.orElseThrow(), mail.get(), now);
    return true;
  }

  private void requireFollowedBefore(byte[] tokenSha256, Instant now) {
    if (!mails.wasFollowedAfter(tokenSha256, followedSince(now))) {
      throw AccountsProblem.TOKEN_INVALID.violation();
    }
  }

  private static Instant followedSince(Instant now) {
    return now.minus(VerificationMail.SAME_ANSWER_TIME);
  }

  private void verify(Account account, VerificationMail mail, Instant now) {
    mails.removeAllOf(account.id());
    Account verified = account.verified(mail.proposal(), now);
    accounts.save(verified);
    outbox.append(verified.toEvent());
    outbox.append(new AccountVerified(verified.id(), now));
    auditTrail.recordBy(
        verified.id(),
        "account.verified",
        "account",
        verified.id().toString(),
        null,
        new Change(Map.of("status", "unverified"), Map.of("status", "verified")));
    firstAdmin.offerTo(verified);
  }
}
