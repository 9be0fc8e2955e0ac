package io.cpdevents.notification.waitlist;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The organizer gave somebody who waits another position. Cause: the move. */
@Component
public class WaitlistMove extends MailKind<WaitlistMove.Subject, WaitlistContent> {

  /** A move. */
  public record Subject(UUID organizationId, UUID waitlistEntryId) implements MailSubject {}

  record Model(String title, int position, @Nullable String reason, URI entry) {}

  private final WebLinks links;

  WaitlistMove(WaitlistContents contents, WebLinks links) {
    super("waitlist-moved", Subject.class, contents, Subject::waitlistEntryId);
    this.links = links;
  }

  /** The position is the one of now; who does not wait any more needs none. */
  @Override
  protected Optional<Model> model(Subject subject, WaitlistContent content, Wording wording) {
    return Optional.ofNullable(content.position())
        .map(position ->
            new Model(
                wording.title(content.eventTitle()),
                position,
                wording.paragraphOrNull(content.moveReason()),
                links.waitlistEntry(subject.waitlistEntryId())));
  }
}
