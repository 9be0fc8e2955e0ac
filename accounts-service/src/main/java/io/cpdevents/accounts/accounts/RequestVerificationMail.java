package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.audit.AuditTrail;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person asks for the verification mail again; the answer does not tell whether there is one.
 * Where several have signed up with the address, none is sent: each sign-up's own mail counts, and
 * signing up again brings another.
 */
@Component
public class RequestVerificationMail {

  private final RequestLimits limits;
  private final TransactionTemplate transaction;
  private final Accounts accounts;
  private final VerificationMails mails;
  private final AskForVerification askForVerification;
  private final AuditTrail auditTrail;

  RequestVerificationMail(
      RequestLimits limits,
      TransactionTemplate transaction,
      Accounts accounts,
      VerificationMails mails,
      AskForVerification askForVerification,
      AuditTrail auditTrail) {
    this.limits = limits;
    this.transaction = transaction;
    this.accounts = accounts;
    this.mails = mails;
    this.askForVerification = askForVerification;
    this.auditTrail = auditTrail;
  }

  /**
   * Refuses with {@code too-many-requests} only.
   *
   * @param requestId the same for every repetition of one request
   */
  public void handle(UUID requestId, EmailAddress email, RequestOrigin origin) {
    limits.take(Limit.VERIFICATION_MAIL_ADDRESS, origin.network());
    limits.take(Limit.VERIFICATION_MAIL_EMAIL, email.value());
    transaction.executeWithoutResult(_ -> {
      accounts
          .lockByEmail(email)
          .filter(account -> account.takesMailsAgain() && !mails.has(requestId))
          .ifPresent(account -> askForVerification.handle(account, requestId));
      // Written in either case, without the address: it also levels the time that it takes.
      auditTrail.record(
          "verification-mail.requested", "verification-mail", requestId.toString(), null, Map.of());
    });
  }
}
