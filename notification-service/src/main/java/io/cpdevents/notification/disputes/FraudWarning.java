package io.cpdevents.notification.disputes;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the organization's owner that the bank of a card suspects a payment to be fraud, before it
 * is disputed. Cause: the payment.
 */
@Component
public class FraudWarning extends MailKind<FraudWarning.Subject, RegistrationContent> {

  /**
   * A payment that may be fraud.
   *
   * @param refunded whether all of it goes back because of the warning
   */
  public record Subject(
      UUID organizationId, UUID registrationId, UUID paymentId, FraudType type, boolean refunded)
      implements MailSubject {}

  record Model(
      String title,
      String reference,
      String type,
      boolean refunded,
      URI payment,
      @Nullable String organization) {}

  private final WebLinks links;

  FraudWarning(RegistrationContents contents, WebLinks links) {
    super("fraud-warning", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.event().title()),
            wording.line(content.reference()),
            wording.phrase(subject.type()),
            subject.refunded(),
            links.payment(subject.organizationId(), subject.paymentId()),
            wording.lineOrNull(content.event().organizer())));
  }
}
