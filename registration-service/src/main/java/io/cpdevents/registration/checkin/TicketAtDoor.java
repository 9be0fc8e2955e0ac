package io.cpdevents.registration.checkin;

import io.cpdevents.registration.registrations.Attendee;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as a code names it that was read at a door.
 *
 * @param accountId the buyer
 * @param attendee who held this code
 * @param confirmedAt null while its place is not the buyer's for good
 * @param cancelledAt when it was cancelled, or its event; null when neither was
 * @param transferredAt when this code died because somebody else got the ticket; null when it is
 *     the one that the ticket has
 * @param disputedAt since when the buyer's bank takes the payment back; null when it does not
 */
record TicketAtDoor(
    UUID ticketId,
    UUID registrationId,
    UUID accountId,
    String ticketTypeName,
    Attendee attendee,
    @Nullable Instant confirmedAt,
    @Nullable Instant cancelledAt,
    @Nullable Instant transferredAt,
    @Nullable Instant disputedAt) {

  /**
   * Whether it let its holder in at this time. When that began does not matter: nobody is shown the
   * code before.
   */
  boolean isValidAt(Instant time) {
    return confirmedAt != null
        && Stream.of(cancelledAt, transferredAt, disputedAt)
            .allMatch(end -> end == null || time.isBefore(end));
  }
}
