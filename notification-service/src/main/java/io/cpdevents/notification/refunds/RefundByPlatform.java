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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the organization's owner about a refund that the platform's finance has made and that takes
 * money which the organization has earned. Cause: the refund.
 */
@Component
public class RefundByPlatform extends MailKind<RefundByPlatform.Subject, RegistrationContent> {

  /** A refund of the amount. */
  public record Subject(UUID organizationId, UUID registrationId, UUID refundId, Money amount)
      implements MailSubject {}

  record Model(
      String title, String reference, String amount, URI refund, @Nullable String organization) {}

  private final WebLinks links;

  RefundByPlatform(RegistrationContents contents, WebLinks links) {
    super("organization-refund-by-platform", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.event().title()),
            wording.line(content.reference()),
            wording.money(subject.amount()),
            links.refund(subject.organizationId(), subject.refundId()),
            wording.lineOrNull(content.event().organizer())));
  }
}
