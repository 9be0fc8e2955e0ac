package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person proves that an e-mail address is theirs by following the link in the verification mail.
 */
@Component
public class VerifyEmail {

  private final Accounts accounts;
  private final VerificationMails mails;
  private final FirstAdminInvitation firstAdmin;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  VerifyEmail(
      Accounts accounts,
      VerificationMails mails,
      FirstAdminInvitation firstAdmin,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.accounts = accounts;
    this.mails = mails;
    this.firstAdmin = firstAdmin;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Verifies the address. The link counts once; whoever opens it twice within an hour gets the same
   * answer, and the second time changes nothing.
   *
   * @throws RuleViolation 400 {@code token-invalid} when it is unknown, used for longer or too old
   */
  @Transactional
  public void handle(OpaqueToken token) {
    Instant now = clock.instant();
    byte[] tokenSha256 = token.sha256();
    // The account is locked before its mails, so that two links of one account cannot deadlock.
    Optional<Account> account = mails.accountOf(tokenSha256).flatMap(accounts::lock);
    Optional<VerificationMail> mail = account.flatMap(_ -> mails.consume(tokenSha256, now));
    if (mail.isEmpty()) {
      requireFollowedBefore(tokenSha256, now);
    } else {
      verify(account.orElseThrow(), mail.get(), now);
    }
  }

  private void requireFollowedBefore(byte[] tokenSha256, Instant now) {
    if (!mails.wasFollowedAfter(tokenSha256, now.minus(VerificationMail.SAME_ANSWER_TIME))) {
      throw AccountsProblem.TOKEN_INVALID.violation();
    }
  }

  private void verify(Account account, VerificationMail mail, Instant now) {
    mails.removeAllOf(account.id());
    Account verified = account.verified(mail.proposal(), now);
    accounts.save(verified);
    outbox.append(verified.toEvent());
    outbox.append(new AccountVerified(verified.id(), now));
    auditTrail.recordBy(
        verified.id(), "account.verified", "account", verified.id().toString(), null, Map.of());
    firstAdmin.offerTo(verified);
  }
}
