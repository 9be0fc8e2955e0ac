package io.cpdevents.registration.events;

import java.util.Collection;
import java.util.UUID;

/**
 * Those who wait for places. Whoever gives places back, or makes more of them, calls this in the
 * same transaction, while the events are locked: so nobody else gets what is wanted here, and not
 * for a moment.
 */
public interface OffersPlaces {

  /** Offers what fits those who wait for these events, which are locked; the rest is on sale. */
  void offerPlaces(Collection<UUID> lockedEventIds);
}
