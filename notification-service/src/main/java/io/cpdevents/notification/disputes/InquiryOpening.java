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
 * Tells the organization's owner that a bank asks about a payment, that no money moves yet, and
 * what to do by when. Cause: the dispute.
 */
@Component
public class InquiryOpening extends MailKind<InquiryOpening.Subject, RegistrationContent> {

  /**
   * An inquiry.
   *
   * @param dueBy until when it may be answered; null when it may not
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

  InquiryOpening(RegistrationContents contents, WebLinks links) {
    super("inquiry-opened", Subject.class, contents, Subject::registrationId);
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
