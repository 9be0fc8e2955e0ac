package io.cpdevents.notification.refunds;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Stripe has returned the money; the bank shows it some days later. Cause: the refund and the time
 * at which Stripe returned it, because a bank may send the money back and Stripe then returns it
 * once more.
 */
@Component
public class RefundSuccess extends MailKind<RefundSuccess.Subject, RegistrationContent> {

  /** A refund that was carried out. */
  public record Subject(UUID organizationId, UUID registrationId, Money amount)
      implements MailSubject {}

  record Model(String title, String reference, String amount, URI registration) {}

  private final WebLinks links;

  RefundSuccess(RegistrationContents contents, WebLinks links) {
    super("refund-succeeded", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.event().title()),
            wording.line(content.reference()),
            wording.money(subject.amount()),
            links.registration(subject.registrationId())));
  }
}
