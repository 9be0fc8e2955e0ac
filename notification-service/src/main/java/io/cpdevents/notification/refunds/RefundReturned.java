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
 * The bank has sent back a refund of which the buyer had been told that it was made. Cause: the
 * refund and when that was.
 */
@Component
public class RefundReturned extends MailKind<RefundReturned.Subject, RegistrationContent> {

  /**
   * A refund that came back.
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

  RefundReturned(RegistrationContents contents, WebLinks links) {
    super("refund-returned", Subject.class, contents, Subject::registrationId);
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
