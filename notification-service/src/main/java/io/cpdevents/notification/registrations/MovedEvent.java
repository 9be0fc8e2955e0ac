package io.cpdevents.notification.registrations;

import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.FollowUp;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the buyer that the event takes place at another time or elsewhere, until when a
 * cancellation is free because of it, and gives the calendar the new entry. Attendees other than
 * the buyer get a mail of their own. Cause: the registration and the notice, which may be of
 * several changes.
 */
@Component
public class MovedEvent extends MailKind<MovedEvent.Subject, RegistrationContent> {

  /**
   * An event that was moved.
   *
   * @param noticeId the same for all who are told of the same
   * @param freeUntil null when there is no free cancellation
   */
  public record Subject(
      UUID organizationId,
      UUID registrationId,
      UUID noticeId,
      KnownPlace known,
      @Nullable Instant freeUntil)
      implements MailSubject {}

  record Model(Move move, @Nullable String freeUntil, String reference, URI registration) {}

  private final WebLinks links;
  private final CalendarFile calendarFile;

  MovedEvent(RegistrationContents contents, WebLinks links, CalendarFile calendarFile) {
    super("event-moved", Subject.class, contents, Subject::registrationId);
    this.links = links;
    this.calendarFile = calendarFile;
  }

  /** Whoever has not paid yet is told once that is done. */
  @Override
  protected boolean isTooEarly(Subject subject, RegistrationContent content) {
    return content.isHeld();
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    if (!content.letsSomebodyIn() || subject.known().isOf(content.event())) {
      // It was cancelled since, or the event is back where it was.
      return Optional.empty();
    }
    Instant freeUntil = content.total().isZero() ? null : subject.freeUntil();
    return Optional.of(
        new Model(
            Move.of(subject.known(), content.event(), wording),
            wording.momentOrNull(freeUntil),
            wording.line(content.reference()),
            links.registration(content.registrationId())));
  }

  @Override
  protected List<Attachment> attachments(
      Subject subject, RegistrationContent content, Wording wording) {
    return List.of(calendarFile.published(content.event(), content.registrationId()));
  }

  @Override
  protected List<FollowUp> followUps(
      Subject subject, RegistrationContent content, Recipient buyer) {
    return content.tickets().stream()
        .filter(ticket -> ticket.code() != null && ticket.isForAnotherThan(buyer))
        .map(TicketContent::ticketId)
        .map(ticketId ->
            new FollowUp(
                MailCause.of(ticketId, subject.noticeId()),
                new AttendeeMovedEvent.Subject(
                    subject.organizationId(), subject.registrationId(), ticketId, subject.known())))
        .toList();
  }
}
