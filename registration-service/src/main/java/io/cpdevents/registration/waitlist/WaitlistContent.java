package io.cpdevents.registration.waitlist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mail about an entry shows and no event may carry.
 *
 * @param offered whether places are held for it now
 * @param position among those who wait; null when it does not wait
 * @param offerExpiresAt until when places are or were held for it; null when none ever were
 * @param moveReason what the organizer typed who moved it last; null when nobody has
 */
public record WaitlistContent(
    UUID entryId,
    UUID organizationId,
    WaitlistStatus status,
    boolean offered,
    String eventTitle,
    Instant startsAt,
    Instant endsAt,
    String timeZone,
    @Nullable Integer position,
    @Nullable Instant offerExpiresAt,
    @Nullable String moveReason,
    List<Tickets> tickets) {

  /** So many of a ticket type. */
  public record Tickets(String ticketTypeName, int quantity) {}

  WaitlistContent withTickets(List<Tickets> all) {
    return new WaitlistContent(
        entryId,
        organizationId,
        status,
        offered,
        eventTitle,
        startsAt,
        endsAt,
        timeZone,
        position,
        offerExpiresAt,
        moveReason,
        all);
  }
}
