package io.cpdevents.notification.waitlist;

import io.cpdevents.notification.waitlist.WaitlistContent.ShownTickets;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Places that somebody waits for are held until a time. Cause: the entry, which gets one offer. */
@Component
public class WaitlistOffer extends MailKind<WaitlistOffer.Subject, WaitlistContent> {

  /** An offer. */
  public record Subject(UUID organizationId, UUID waitlistEntryId, Instant offerExpiresAt)
      implements MailSubject {}

  record Model(String title, String when, List<ShownTickets> tickets, String deadline, URI entry) {}

  private final WebLinks links;

  WaitlistOffer(WaitlistContents contents, WebLinks links) {
    super("waitlist-offer", Subject.class, contents, Subject::waitlistEntryId);
    this.links = links;
  }

  /** The time of the offer runs. */
  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.offerExpiresAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, WaitlistContent content, Wording wording) {
    return content.offered()
        ? Optional.of(
            new Model(
                wording.title(content.eventTitle()),
                content.when(wording),
                content.shownTickets(wording),
                wording.moment(subject.offerExpiresAt()),
                links.waitlistEntry(subject.waitlistEntryId())))
        : Optional.empty();
  }
}
