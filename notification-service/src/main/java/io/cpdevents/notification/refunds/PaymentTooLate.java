package io.cpdevents.notification.refunds;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The money came when its registration had ended and no place was left, and is refunded. Cause: the
 * refund.
 */
@Component
public class PaymentTooLate extends MailKind<PaymentTooLate.Subject, RegistrationContent> {

  /** A refund of the amount. */
  public record Subject(UUID organizationId, UUID registrationId, Money amount)
      implements MailSubject {}

  record Model(String title, String reference, boolean cancelled, String amount) {}

  PaymentTooLate(RegistrationContents contents) {
    super("payment-too-late", Subject.class, contents, Subject::registrationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.event().title()),
            wording.line(content.reference()),
            content.isCancelled(),
            wording.money(subject.amount())));
  }
}
