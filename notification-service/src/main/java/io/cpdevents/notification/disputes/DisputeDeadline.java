package io.cpdevents.notification.disputes;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Nobody has given evidence, and the time for it ends soon. Cause: the dispute, the end of the time
 * and how near it is.
 */
@Component
public class DisputeDeadline extends MailKind<DisputeDeadline.Subject, RegistrationContent> {

  /** A dispute. */
  public record Subject(
      UUID organizationId,
      UUID registrationId,
      UUID disputeId,
      Money amount,
      Instant dueBy,
      int hoursLeft)
      implements MailSubject {}

  record Model(
      String title,
      String reference,
      String amount,
      String dueBy,
      int hoursLeft,
      URI dispute,
      @Nullable String organization) {}

  private final WebLinks links;

  DisputeDeadline(RegistrationContents contents, WebLinks links) {
    super("dispute-deadline", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  /** Behind the deadline there is nothing to do any more. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.dueBy());
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.event().title()),
            wording.line(content.reference()),
            wording.money(subject.amount()),
            wording.moment(subject.dueBy()),
            subject.hoursLeft(),
            links.dispute(subject.organizationId(), subject.disputeId()),
            wording.lineOrNull(content.event().organizer())));
  }
}
