package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells whoever had a ticket that somebody else has it now: the code that they have does not count
 * any more. Who that is, is not said. Cause: the change of the ticket.
 */
@Component
public class TransferredTicket extends MailKind<TransferredTicket.Subject, RegistrationContent> {

  /** A ticket that was given to somebody else. */
  public record Subject(UUID organizationId, UUID registrationId, UUID ticketId, UUID changeId)
      implements MailSubject {
    @Override
    public boolean goesToAccount() {
      return false;
    }
  }

  record Model(String title, String when, @Nullable String organizer) {}

  private final CalendarFile calendarFile;

  TransferredTicket(RegistrationContents contents, CalendarFile calendarFile) {
    super("attendee-ticket-transferred", Subject.class, contents, Subject::registrationId);
    this.calendarFile = calendarFile;
  }

  @Override
  protected boolean isBounded(Subject subject, RegistrationContent content) {
    return content.isFree(subject.ticketId());
  }

  @Override
  protected Optional<Recipient> recipient(
      Subject subject, RegistrationContent content, Optional<Recipient> buyer) {
    return content
        .formerHolder(subject.changeId())
        .flatMap(holder -> AttendeeAddress.of(holder.email(), holder.name(), buyer));
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    EventContent event = content.event();
    return Optional.of(
        new Model(
            wording.title(event.title()),
            wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
            wording.lineOrNull(event.organizer())));
  }

  @Override
  protected List<Attachment> attachments(
      Subject subject, RegistrationContent content, Wording wording) {
    return List.of(calendarFile.cancelled(content.event(), subject.ticketId()));
  }
}
