package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.FollowUp;
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
 * Tells the buyer that the registration is confirmed, with the tickets and a calendar file.
 * Attendees other than the buyer get a mail of their own. Cause: the registration.
 */
@Component
public class RegistrationConfirmation
    extends MailKind<RegistrationConfirmation.Subject, RegistrationContent> {

  /** A confirmed registration. */
  public record Subject(UUID organizationId, UUID registrationId) implements MailSubject {}

  record Model(
      String title,
      String when,
      @Nullable String venue,
      boolean online,
      @Nullable String organizer,
      String reference,
      @Nullable String total,
      URI event,
      URI registration,
      List<ValidTicket> tickets) {}

  private final WebLinks links;
  private final CalendarFile calendarFile;

  RegistrationConfirmation(
      RegistrationContents contents, WebLinks links, CalendarFile calendarFile) {
    super("registration-confirmation", Subject.class, contents, Subject::registrationId);
    this.links = links;
    this.calendarFile = calendarFile;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    List<TicketCode> codes = codes(content);
    // It was cancelled since, and there are no tickets to send any more.
    return codes.isEmpty() ? Optional.empty() : Optional.of(model(content, codes, wording));
  }

  @Override
  protected List<Attachment> attachments(
      Subject subject, RegistrationContent content, Wording wording) {
    List<Attachment> attachments = new ArrayList<>();
    attachments.add(calendarFile.published(content.event(), content.registrationId()));
    codes(content).forEach(code -> attachments.addAll(code.pictures()));
    return attachments;
  }

  @Override
  protected List<FollowUp> followUps(
      Subject subject, RegistrationContent content, Recipient buyer) {
    if (buyer instanceof Recipient.Erased) {
      // Nothing is confirmed for long after it was booked: by now guests have their tickets.
      return List.of();
    }
    return content.tickets().stream()
        .filter(ticket -> ticket.code() != null && ticket.isForAnotherThan(buyer))
        .map(TicketContent::ticketId)
        .map(ticketId ->
            new FollowUp(
                ticketId,
                new AttendeeTicket.Subject(
                    subject.organizationId(), subject.registrationId(), ticketId)))
        .toList();
  }

  private static List<TicketCode> codes(RegistrationContent content) {
    return content.tickets().stream().flatMap(ticket -> TicketCode.of(ticket).stream()).toList();
  }

  private Model model(RegistrationContent content, List<TicketCode> codes, Wording wording) {
    EventContent event = content.event();
    return new Model(
        wording.title(event.title()),
        wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
        wording.lineOrNull(event.venue()),
        event.isOnline(),
        wording.lineOrNull(event.organizer()),
        wording.line(content.reference()),
        content.total().isZero() ? null : wording.money(content.total()),
        links.event(event.id()),
        links.registration(content.registrationId()),
        codes.stream().map(code -> ValidTicket.of(code, wording)).toList());
  }
}
