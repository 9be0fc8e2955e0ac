package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.Ids;
import io.cpdevents.registration.events.OffersPlaces;
import io.cpdevents.registration.waitlist.WaitlistEntries.EntryKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Offers that nobody has answered in time end, and their places go to the next who wait. */
@Component
public class ExpireOffers {

  /** In one transaction, so that their events stay locked for a short time only. */
  private static final int MAX_BATCH_ROWS = 50;

  private final WaitlistEntries entries;
  private final WaitlistChanges changes;
  private final OffersPlaces offers;
  private final Clock clock;

  ExpireOffers(WaitlistEntries entries, WaitlistChanges changes, OffersPlaces offers, Clock clock) {
    this.entries = entries;
    this.changes = changes;
    this.offers = offers;
    this.clock = clock;
  }

  /**
   * Ends a batch of offers that are due.
   *
   * @return how many were due
   */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    List<EntryKey> due = entries.dueOffers(now, MAX_BATCH_ROWS);
    List<UUID> events = due.stream().map(EntryKey::eventId).distinct().toList();
    entries.lockEvents(events);
    // Meanwhile some may have been accepted or declined: the table ignores those.
    due.forEach(
        each -> entries.lock(each.id()).offerEnded(Ids.next(), now).ifPresent(changes::save));
    offers.offerPlaces(events);
    return due.size();
  }
}
