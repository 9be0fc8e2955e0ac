package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.origin.RequestOrigin;
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

  /**
   * What a person asked for.
   *
   * @param id the mail's id, and what its token is made from
   * @param origin where the person asked from; the mail tells it
   */
  record Request(UUID id, RequestOrigin origin) {}

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
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Account account, Request request) {
    VerificationMail mail =
        VerificationMail.issued(request.id(), account, request.origin(), clock.instant());
    mails.add(mail, tokens.tokenFor(request.id()).sha256());
    outbox.append(
        new EmailVerificationRequested(
            account.id(), request.id(), mail.requestedAt(), mail.expiresAt()));
  }
}
