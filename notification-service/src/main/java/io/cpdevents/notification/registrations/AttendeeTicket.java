package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends an attendee, for whom somebody else has booked, that attendee's ticket and no other. Cause:
 * the ticket.
 */
@Component
public class AttendeeTicket extends MailKind<AttendeeTicket.Subject, RegistrationContent> {

  /** A ticket whose attendee is not the buyer. */
  public record Subject(UUID organizationId, UUID registrationId, UUID ticketId)
      implements MailSubject {
    @Override
    public boolean goesToAccount() {
      return false;
    }
  }

  record Model(
      String title,
      String when,
      @Nullable String venue,
      boolean online,
      @Nullable String organizer,
      URI event,
      ValidTicket ticket) {}

  private final WebLinks links;
  private final CalendarFile calendarFile;

  AttendeeTicket(RegistrationContents contents, WebLinks links, CalendarFile calendarFile) {
    super("attendee-ticket", Subject.class, contents, Subject::registrationId);
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
    return code(subject, content).map(code -> model(content.event(), code, wording));
  }

  @Override
  protected List<Attachment> attachments(
      Subject subject, RegistrationContent content, Wording wording) {
    List<Attachment> attachments = new ArrayList<>();
    attachments.add(calendarFile.published(content.event(), subject.ticketId()));
    code(subject, content).ifPresent(code -> attachments.addAll(code.pictures()));
    return attachments;
  }

  private static Optional<TicketCode> code(Subject subject, RegistrationContent content) {
    return content.ticket(subject.ticketId()).flatMap(TicketCode::of);
  }

  private Model model(EventContent event, TicketCode code, Wording wording) {
    return new Model(
        wording.title(event.title()),
        wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
        wording.lineOrNull(event.venue()),
        event.isOnline(),
        wording.lineOrNull(event.organizer()),
        links.event(event.id()),
        ValidTicket.of(code, wording));
  }
}
