package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.registration.events.OffersPlaces;
import io.cpdevents.registration.waitlist.WaitlistEntry.Change;
import io.cpdevents.registration.waitlist.WaitlistEntry.OfferTerms;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Places that come back are held for the first who waits and can use them, in the transaction that
 * gives them back. What fits nobody stays on sale.
 */
@Component
class OfferPlaces implements OffersPlaces {

  private final WaitlistEntries entries;
  private final WaitlistPlaces places;
  private final Outbox outbox;
  private final Clock clock;

  OfferPlaces(WaitlistEntries entries, WaitlistPlaces places, Outbox outbox, Clock clock) {
    this.entries = entries;
    this.places = places;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public void offerPlaces(Collection<UUID> lockedEventIds) {
    entries.awaited(lockedEventIds).forEach(this::offer);
  }

  private void offer(UUID eventId) {
    Instant now = clock.instant();
    OfferTerms terms = entries.offerTerms(eventId);
    Optional<WaitlistEntry> next = first(eventId, null, now);
    while (next.isPresent()) {
      WaitlistEntry entry = next.get();
      Change offered = entry.offered(Ids.next(), terms, now);
      places.take(entry);
      entries.save(offered);
      if (offered.fact() != null) {
        outbox.append(offered.fact());
      }
      next = first(eventId, entry.rank(), now);
    }
  }

  private Optional<WaitlistEntry> first(UUID eventId, @Nullable BigDecimal behind, Instant now) {
    return entries.lockFirstFitting(eventId, behind, now);
  }
}
