package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.FollowUp;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The ticket of an attendee who is not the buyer was cancelled: whoever got a ticket by mail must
 * hear that it does not count any more. What goes back is between the buyer and the organization.
 * Cause: the ticket.
 */
@Component
public class AttendeeCancellation
    extends MailKind<AttendeeCancellation.Subject, RegistrationContent> {

  /**
   * A cancelled ticket.
   *
   * @param withEvent whether the event does not take place at all
   */
  public record Subject(UUID organizationId, UUID registrationId, UUID ticketId, boolean withEvent)
      implements MailSubject {
    @Override
    public boolean goesToAccount() {
      return false;
    }
  }

  record Model(
      String title,
      String when,
      @Nullable String organizer,
      boolean withEvent,
      @Nullable String reason) {}

  private final CalendarFile calendarFile;

  AttendeeCancellation(RegistrationContents contents, CalendarFile calendarFile) {
    super("attendee-ticket-cancelled", Subject.class, contents, Subject::registrationId);
    this.calendarFile = calendarFile;
  }

  /** To each attendee of these tickets who is somebody else than the buyer. */
  static List<FollowUp> toOthers(
      UUID organizationId,
      RegistrationContent content,
      Collection<UUID> ticketIds,
      boolean withEvent,
      Recipient buyer) {
    return content.tickets(ticketIds).stream()
        .filter(ticket -> ticket.isForAnotherThan(buyer))
        .map(TicketContent::ticketId)
        .map(ticketId ->
            new FollowUp(
                ticketId,
                new Subject(organizationId, content.registrationId(), ticketId, withEvent)))
        .toList();
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
    EventContent event = content.event();
    return Optional.of(
        new Model(
            wording.title(event.title()),
            wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
            wording.lineOrNull(event.organizer()),
            subject.withEvent(),
            reason(subject, content, wording)));
  }

  @Override
  protected List<Attachment> attachments(
      Subject subject, RegistrationContent content, Wording wording) {
    return List.of(calendarFile.cancelled(content.event(), subject.ticketId()));
  }

  /** Why one registration was cancelled may be nobody's business but the buyer's. */
  private static @Nullable String reason(
      Subject subject, RegistrationContent content, Wording wording) {
    return subject.withEvent()
        ? CancelledTicket.reason(content.tickets(List.of(subject.ticketId())), wording)
        : null;
  }
}
