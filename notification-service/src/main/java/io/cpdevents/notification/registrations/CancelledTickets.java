package io.cpdevents.notification.registrations;

import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all mails to a buyer whose tickets were cancelled show. */
record CancelledTickets(
    String title,
    String when,
    @Nullable String organizer,
    List<CancelledTicket> tickets,
    MoneyBack money,
    String reference,
    URI registration) {

  static CancelledTickets of(
      RegistrationContent content,
      List<TicketContent> cancelled,
      MoneyBack money,
      URI registration,
      Wording wording) {
    EventContent event = content.event();
    return new CancelledTickets(
        wording.title(event.title()),
        wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
        wording.lineOrNull(event.organizer()),
        CancelledTicket.of(cancelled, wording),
        money,
        wording.line(content.reference()),
        registration);
  }
}
