package io.cpdevents.notification.registrations;

import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The places are the buyer's; with the tickets. Cause: the registration. */
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
      String reference,
      @Nullable String total,
      List<Ticket> tickets) {}

  record Ticket(String type, String attendee, String code) {}

  RegistrationConfirmation(RegistrationContents contents) {
    super("registration-confirmation", Subject.class, contents, Subject::registrationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    // Without codes: it was cancelled since, and there are no tickets to send any more.
    return tickets(content, wording)
        .map(tickets -> model(content.event(), content, tickets, wording));
  }

  private static Model model(
      EventContent event, RegistrationContent content, List<Ticket> tickets, Wording wording) {
    return new Model(
        wording.title(event.title()),
        wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
        event.venue() == null ? null : wording.line(event.venue()),
        event.isOnline(),
        wording.line(content.reference()),
        content.total().isZero() ? null : wording.money(content.total()),
        tickets);
  }

  private static Optional<List<Ticket>> tickets(RegistrationContent content, Wording wording) {
    List<Ticket> tickets = new ArrayList<>();
    for (TicketContent ticket : content.tickets()) {
      String code = ticket.code();
      if (code == null) {
        return Optional.empty();
      }
      tickets.add(
          new Ticket(
              wording.line(ticket.ticketTypeName()), wording.line(ticket.attendeeName()), code));
    }
    return Optional.of(tickets);
  }
}
