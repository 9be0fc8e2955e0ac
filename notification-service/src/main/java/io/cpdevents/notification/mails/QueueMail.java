package io.cpdevents.notification.mails;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person is told something by mail, once for each cause. */
@Component
public class QueueMail {

  /** What to tell. */
  public sealed interface Command {

    /** The link that proves that an address is the person's. */
    record EmailVerification(UUID requestId, UUID accountId, Instant expiresAt)
        implements Command {}

    /** The places are the buyer's. */
    record RegistrationConfirmation(UUID registrationId, UUID accountId, UUID organizationId)
        implements Command {}

    /** The money came when no place was left, and goes back. */
    record PaymentTooLate(
        UUID refundId, UUID registrationId, UUID accountId, UUID organizationId, Money amount)
        implements Command {}
  }

  private final Mails mails;
  private final ApplicationEventPublisher announcements;
  private final Clock clock;

  QueueMail(Mails mails, ApplicationEventPublisher announcements, Clock clock) {
    this.mails = mails;
    this.announcements = announcements;
    this.clock = clock;
  }

  /** Queues the mail and has it sent as soon as the transaction commits. Asked twice: one mail. */
  @Transactional
  public void handle(Command command) {
    if (mails.add(mailFor(command))) {
      announcements.publishEvent(new MailsDue());
    }
  }

  private Mail mailFor(Command command) {
    UUID id = Ids.next();
    Instant now = clock.instant();
    return switch (command) {
      case Command.EmailVerification asked ->
          Mail.queued(
              id,
              MailTemplate.EMAIL_VERIFICATION,
              asked.requestId(),
              asked.accountId(),
              now,
              asked.expiresAt());
      case Command.RegistrationConfirmation asked ->
          Mail.queued(
                  id,
                  MailTemplate.REGISTRATION_CONFIRMATION,
                  asked.registrationId(),
                  asked.accountId(),
                  now,
                  null)
              .about(asked.organizationId(), asked.registrationId(), null);
      case Command.PaymentTooLate asked ->
          Mail.queued(
                  id, MailTemplate.PAYMENT_TOO_LATE, asked.refundId(), asked.accountId(), now, null)
              .about(asked.organizationId(), asked.registrationId(), asked.amount());
    };
  }
}
