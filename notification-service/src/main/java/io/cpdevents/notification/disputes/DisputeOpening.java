package io.cpdevents.notification.disputes;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the organization's owner that a buyer disputes a payment, that the bank takes the money
 * back for now, and what to do by when. Cause: the dispute.
 */
@Component
public class DisputeOpening extends MailKind<DisputeOpening.Subject, RegistrationContent> {

  /**
   * A dispute.
   *
   * @param dueBy until when evidence may be given; null when none may
   */
  public record Subject(
      UUID organizationId,
      UUID registrationId,
      UUID disputeId,
      Money amount,
      DisputeReason reason,
      @Nullable Instant dueBy)
      implements MailSubject {}

  private final WebLinks links;

  DisputeOpening(RegistrationContents contents, WebLinks links) {
    super("dispute-opened", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<OpenedDispute> model(
      Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        OpenedDispute.of(
            content,
            subject.amount(),
            subject.reason(),
            subject.dueBy(),
            links.dispute(subject.organizationId(), subject.disputeId()),
            wording));
  }
}
