package io.cpdevents.notification.disputes;

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

/** An inquiry ended without money having moved. Cause: the dispute and when that was. */
@Component
public class InquiryEnd extends MailKind<InquiryEnd.Subject, RegistrationContent> {

  /** An inquiry that ended. */
  public record Subject(UUID organizationId, UUID registrationId, UUID disputeId, Money amount)
      implements MailSubject {}

  record Model(
      String title, String reference, String amount, URI dispute, @Nullable String organization) {}

  private final WebLinks links;

  InquiryEnd(RegistrationContents contents, WebLinks links) {
    super("inquiry-closed", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.event().title()),
            wording.line(content.reference()),
            wording.money(subject.amount()),
            links.dispute(subject.organizationId(), subject.disputeId()),
            wording.lineOrNull(content.event().organizer())));
  }
}
