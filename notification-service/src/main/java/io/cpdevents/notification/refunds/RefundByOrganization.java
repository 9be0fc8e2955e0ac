package io.cpdevents.notification.refunds;

import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
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
 * The organization gives money back of its own accord; the tickets stay valid. Cause: the refund.
 */
@Component
public class RefundByOrganization extends MailKind<RefundByOrganization.Subject, RefundContent> {

  /** A refund of the amount. */
  public record Subject(UUID organizationId, UUID registrationId, UUID refundId, Money amount)
      implements MailSubject {}

  record Model(
      String title,
      @Nullable String organizer,
      String reference,
      String amount,
      @Nullable String reason,
      boolean valid,
      URI registration) {}

  private final WebLinks links;

  RefundByOrganization(RefundContents contents, WebLinks links) {
    super("refund-by-organization", Subject.class, contents, Subject::refundId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, RefundContent content, Wording wording) {
    EventContent event = content.registration().event();
    return Optional.of(
        new Model(
            wording.title(event.title()),
            wording.lineOrNull(event.organizer()),
            wording.line(content.registration().reference()),
            wording.money(subject.amount()),
            wording.paragraphOrNull(content.reason()),
            !content.registration().isCancelled(),
            links.registration(subject.registrationId())));
  }
}
