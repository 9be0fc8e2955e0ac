package io.cpdevents.accounts.accounts;

import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stores a verification mail for an account and asks notification-service to send it. */
@Component
class IssueVerificationMail {

  private final VerificationMails mails;
  private final VerificationTokens tokens;
  private final Outbox outbox;
  private final Clock clock;

  IssueVerificationMail(
      VerificationMails mails, VerificationTokens tokens, Outbox outbox, Clock clock) {
    this.mails = mails;
    this.tokens = tokens;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Issues the mail.
   *
   * @param account unverified, and locked by the caller
   * @param requestId the id of the person's request: the mail's id, and what its token is made from
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Account account, UUID requestId) {
    VerificationMail mail = VerificationMail.issued(requestId, account, clock.instant());
    mails.add(mail, tokens.tokenFor(requestId).sha256());
    outbox.append(
        new EmailVerificationRequested(
            account.id(), requestId, mail.requestedAt(), mail.expiresAt()));
  }
}
