package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells an attendee, for whom somebody else has booked, that the event takes place at another time
 * or elsewhere. Whether to cancel is the buyer's business. Cause: the ticket and the notice.
 */
@Component
public class AttendeeMovedEvent extends MailKind<AttendeeMovedEvent.Subject, RegistrationContent> {

  /** A ticket, whose attendee is not the buyer, for an event that was moved. */
  public record Subject(UUID organizationId, UUID registrationId, UUID ticketId, KnownPlace known)
      implements MailSubject {
    @Override
    public boolean goesToAccount() {
      return false;
    }
  }

  record Model(Move move, URI event) {}

  private final WebLinks links;
  private final CalendarFile calendarFile;

  AttendeeMovedEvent(RegistrationContents contents, WebLinks links, CalendarFile calendarFile) {
    super("attendee-event-moved", Subject.class, contents, Subject::registrationId);
    this.links = links;
    this.calendarFile = calendarFile;
  }

  @Override
  protected boolean isBounded(Subject subject, RegistrationContent content) {
    return content.isFree(subject.ticketId());
  }

  @Override
  protected Optional<Recipient> recipient(
      Subject subject, RegistrationContent content, Optional<Recipient> buyer) {
    return AttendeeAddress.of(content, subject.ticketId(), buyer);
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    boolean letsIn =
        content.ticket(subject.ticketId()).filter(ticket -> ticket.code() != null).isPresent();
    return letsIn && !subject.known().isOf(content.event())
        ? Optional.of(
            new Model(
                Move.of(subject.known(), content.event(), wording),
                links.event(content.event().id())))
        : Optional.empty();
  }

  @Override
  protected List<Attachment> attachments(
      Subject subject, RegistrationContent content, Wording wording) {
    return List.of(calendarFile.published(content.event(), subject.ticketId()));
  }
}
