package io.cpdevents.registration.checkin;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a scan that was uploaded.
 *
 * @param ticketId null when the code names no ticket of the event
 * @param attendeeName who held the code; null when it names no ticket of the event
 * @param checkedInAt of {@code already-checked-in}: when somebody has come in with the ticket who
 *     was inside then
 * @param checkedInBy of {@code already-checked-in}: whose session or API key that scanner had
 */
public record SettledScan(
    ScanResult result,
    @Nullable UUID ticketId,
    @Nullable String attendeeName,
    @Nullable Instant checkedInAt,
    @Nullable UUID checkedInBy) {

  /** One that does not count, whatever other scanners have seen. */
  static SettledScan refused(ScanResult result, @Nullable TicketAtDoor ticket) {
    return new SettledScan(
        result,
        ticket == null ? null : ticket.ticketId(),
        ticket == null ? null : ticket.attendee().name(),
        null,
        null);
  }

  static SettledScan of(Scan scan, TicketAtDoor ticket, Presence presence) {
    Scan entry = presence.entryBefore(scan).orElse(null);
    return new SettledScan(
        presence.resultOf(scan),
        ticket.ticketId(),
        ticket.attendee().name(),
        entry == null ? null : entry.scannedAt(),
        entry == null ? null : entry.scannedBy());
  }
}
