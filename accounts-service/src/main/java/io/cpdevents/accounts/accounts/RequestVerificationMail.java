package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person asks for the verification mail again; the answer does not show whether one is sent. None
 * is sent when several people have signed up with the address: each sign-up's own mail counts, and
 * signing up again sends another one.
 */
@Component
public class RequestVerificationMail {

  /**
   * Who wants another mail.
   *
   * @param requestId the same for every repetition of one request
   */
  public record Command(UUID requestId, String email) {}

  private final RequestLimits limits;
  private final Occasions occasions;
  private final TransactionTemplate transaction;
  private final Accounts accounts;
  private final VerificationMails mails;
  private final IssueVerificationMail issueVerificationMail;
  private final AuditTrail auditTrail;

  RequestVerificationMail(
      RequestLimits limits,
      Occasions occasions,
      TransactionTemplate transaction,
      Accounts accounts,
      VerificationMails mails,
      IssueVerificationMail issueVerificationMail,
      AuditTrail auditTrail) {
    this.limits = limits;
    this.occasions = occasions;
    this.transaction = transaction;
    this.accounts = accounts;
    this.mails = mails;
    this.issueVerificationMail = issueVerificationMail;
    this.auditTrail = auditTrail;
  }

  /**
   * Issues another mail, or pretends to: to one address not more than a number a day, whoever asks,
   * and nobody is told what others ask for.
   *
   * @throws RuleViolation 429 {@code too-many-requests}
   */
  public void handle(Command command, RequestOrigin origin) {
    UUID requestId = command.requestId();
    String email = command.email();
    limits.take(Limit.VERIFICATION_MAIL_ADDRESS, origin);
    limits.take(Limit.VERIFICATION_MAIL, email + " from " + origin.allotment());
    boolean isSent = occasions.take(Limit.VERIFICATION_MAIL_EMAIL, email);
    transaction.executeWithoutResult(_ -> {
      accounts
          .lockByEmail(email)
          .filter(account -> isSent && account.canRequestAnotherMail() && !mails.exists(requestId))
          .ifPresent(account ->
              issueVerificationMail.handle(
                  account, new IssueVerificationMail.Request(requestId, origin)));
      // The entry is written in both cases, so that both take as long. It lacks the address.
      auditTrail.record(
          "verification-mail.requested", "verification-mail", requestId.toString(), null, Map.of());
    });
  }
}
