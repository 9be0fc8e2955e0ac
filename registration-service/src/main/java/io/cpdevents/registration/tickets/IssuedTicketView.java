package io.cpdevents.registration.tickets;

import io.cpdevents.platform.text.Reference;
import io.cpdevents.platform.web.Versioned;
import io.cpdevents.registration.registrations.Attendee;
import io.cpdevents.registration.registrations.EventSummary;
import io.cpdevents.registration.registrations.RegistrationStatus;
import io.cpdevents.registration.registrations.TicketStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a page or a wallet shows of a ticket.
 *
 * @param version rises when it is given to somebody else, or its holder's name is corrected
 * @param reference the short name of the registration
 * @param code the secret for the entrance, and the text of its QR code; null unless the
 *     registration is confirmed and the ticket valid
 * @param checkedInAt when somebody came with it; null when nobody has
 * @param transfers whether and until when the buyer may give it to somebody else
 */
public record IssuedTicketView(
    UUID id,
    long version,
    UUID registrationId,
    String reference,
    RegistrationStatus registrationStatus,
    TicketStatus status,
    EventSummary event,
    String ticketTypeName,
    Attendee attendee,
    @Nullable String code,
    @Nullable Instant checkedInAt,
    TransferRules transfers)
    implements Versioned {

  static IssuedTicketView of(IssuedTicket ticket) {
    IssuedTicket.CheckedIn checkedIn = ticket.checkedIn();
    return new IssuedTicketView(
        ticket.id(),
        ticket.version(),
        ticket.registrationId(),
        Reference.of(ticket.registrationId()),
        ticket.registrationStatus(),
        ticket.shownStatus(),
        ticket.event(),
        ticket.ticketTypeName(),
        ticket.attendee(),
        ticket.letsIn() ? ticket.code() : null,
        checkedIn == null ? null : checkedIn.at(),
        ticket.rules());
  }
}
