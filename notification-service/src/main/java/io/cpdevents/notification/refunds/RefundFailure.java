package io.cpdevents.notification.refunds;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A refund could not be carried out. Cause: the refund and whether it is tried again, so that each
 * is told once.
 */
@Component
public class RefundFailure extends MailKind<RefundFailure.Subject, RegistrationContent> {

  /**
   * A refund that failed.
   *
   * @param retried whether another attempt follows by itself; otherwise a person has to help
   */
  public record Subject(
      UUID organizationId,
      UUID registrationId,
      Money amount,
      RefundFailureReason reason,
      boolean retried)
      implements MailSubject {}

  private final WebLinks links;

  RefundFailure(RegistrationContents contents, WebLinks links) {
    super("refund-failed", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<FailedRefund> model(
      Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        FailedRefund.of(
            content,
            subject.amount(),
            subject.reason(),
            subject.retried(),
            links.registration(subject.registrationId()),
            wording));
  }
}
