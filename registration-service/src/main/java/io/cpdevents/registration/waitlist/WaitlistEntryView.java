package io.cpdevents.registration.waitlist;

import io.cpdevents.registration.registrations.TicketQuantity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for places of an event, as people see it.
 *
 * @param position among those who wait, 1 is the first; null when it does not wait
 * @param offerExpiresAt until when places are or were held for it; null when none ever were
 * @param registrationId what the offer became; null unless it was accepted
 * @param history what has changed it and its position, the latest of it; null in lists
 */
public record WaitlistEntryView(
    UUID id,
    UUID eventId,
    UUID accountId,
    WaitlistStatus status,
    @Nullable Integer position,
    List<TicketQuantity> tickets,
    Instant joinedAt,
    @Nullable Instant offerExpiresAt,
    @Nullable UUID registrationId,
    @Nullable List<WaitlistChange> history) {

  WaitlistEntryView withTickets(List<TicketQuantity> all) {
    return new WaitlistEntryView(
        id,
        eventId,
        accountId,
        status,
        position,
        all,
        joinedAt,
        offerExpiresAt,
        registrationId,
        history);
  }

  WaitlistEntryView withHistory(List<WaitlistChange> changes) {
    return new WaitlistEntryView(
        id,
        eventId,
        accountId,
        status,
        position,
        tickets,
        joinedAt,
        offerExpiresAt,
        registrationId,
        changes);
  }
}
