package io.cpdevents.registration.checkin;

import io.cpdevents.platform.text.Reference;
import io.cpdevents.registration.registrations.Attendee;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has gone through a door.
 *
 * @param reference the short name of the registration
 * @param checkedInAt when somebody came with the ticket for the first time
 * @param checkedInBy whose session or API key the scanner had then
 * @param inside whether they are inside now
 * @param leftAt when they have left for the last time; null when they have not
 */
public record CheckInView(
    UUID ticketId,
    UUID registrationId,
    String reference,
    String ticketTypeName,
    Attendee attendee,
    Instant checkedInAt,
    UUID checkedInBy,
    boolean inside,
    @Nullable Instant leftAt) {

  static CheckInView of(TicketAtDoor ticket, Presence presence) {
    Scan first = Objects.requireNonNull(presence.first());
    Scan exit = presence.exit();
    return new CheckInView(
        ticket.ticketId(),
        ticket.registrationId(),
        Reference.of(ticket.registrationId()),
        ticket.ticketTypeName(),
        ticket.attendee(),
        first.scannedAt(),
        first.scannedBy(),
        presence.isInside(),
        exit == null ? null : exit.scannedAt());
  }
}
