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
 * gives them back. What fits nobody stays on sale. When it is somebody's turn who has let offers
 * go, or in whose network many did, the turn is that of all others first, and then it is about no
 * more than an unpaid hold may take: or crowds of accounts would keep places from everybody by
 * waiting for them and not taking them.
 */
@Component
class OfferPlaces implements OffersPlaces {

  /** Of those who have to stand back, while the event is locked; the others do so the next time. */
  private static final int MAX_BOUND_ENTRIES = 100;

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
    int bound = 0;
    Optional<WaitlistEntry> next = first(eventId, null, now);
    while (next.isPresent() && bound < MAX_BOUND_ENTRIES) {
      WaitlistEntry entry = next.get();
      if (standsBack(entry, now)) {
        bound++;
      } else {
        offer(entry, terms, now);
      }
      next = first(eventId, entry.rank(), now);
    }
  }

  private boolean standsBack(WaitlistEntry entry, Instant now) {
    if (entry.isServedLast()) {
      return !entries.keepsToShare(entry);
    }
    if (entry.putBehind() || !entries.letsOffersGo(entry, now)) {
      return false;
    }
    entries.save(entry.behindAllOthers(Ids.next(), entries.highestRank(entry.eventId()), now));
    return true;
  }

  private void offer(WaitlistEntry entry, OfferTerms terms, Instant now) {
    Change offered = entry.offered(Ids.next(), terms, now);
    places.take(entry);
    entries.save(offered);
    if (offered.fact() != null) {
      outbox.append(offered.fact());
    }
  }

  private Optional<WaitlistEntry> first(UUID eventId, @Nullable BigDecimal behind, Instant now) {
    return entries.lockFirstFitting(eventId, behind, now);
  }
}
