package io.cpdevents.accounts.accounts;

import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notes a verification mail with its token and tells notification-service to send it. */
@Component
class AskForVerification {

  /** How long a link counts. */
  static final Duration LINK_LIFE = Duration.ofHours(24);

  private final VerificationMails mails;
  private final VerificationTokens tokens;
  private final Outbox outbox;
  private final Clock clock;

  AskForVerification(
      VerificationMails mails, VerificationTokens tokens, Outbox outbox, Clock clock) {
    this.mails = mails;
    this.tokens = tokens;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Asks for the mail of an unverified, locked account.
   *
   * @param requestId of the person's request: a repetition of it asks for nothing more
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Account account, UUID requestId) {
    Instant now = clock.instant();
    VerificationMail mail =
        new VerificationMail(requestId, account.id(), account.proposal(), now, now.plus(LINK_LIFE));
    mails.add(mail, tokens.tokenFor(requestId).sha256());
    outbox.append(new EmailVerificationRequested(account.id(), requestId, now, mail.expiresAt()));
  }
}
