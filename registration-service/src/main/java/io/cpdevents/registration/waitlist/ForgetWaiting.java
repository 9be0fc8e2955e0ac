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

/** A person who is erased waits for nothing any more, and what is offered goes to the next one. */
@Component
public class ForgetWaiting {

  private final WaitlistEntries entries;
  private final WaitlistChanges changes;
  private final OffersPlaces offers;
  private final Clock clock;

  ForgetWaiting(
      WaitlistEntries entries, WaitlistChanges changes, OffersPlaces offers, Clock clock) {
    this.entries = entries;
    this.changes = changes;
    this.offers = offers;
    this.clock = clock;
  }

  /** Ends all that an account waits for, and takes away what organizers have typed about it. */
  @Transactional
  public void handle(UUID accountId) {
    Instant now = clock.instant();
    List<EntryKey> live = entries.liveOfAccount(accountId);
    List<UUID> events = live.stream().map(EntryKey::eventId).distinct().toList();
    entries.lockEvents(events);
    live.forEach(each -> {
      WaitlistEntry entry = entries.lock(each.id());
      if (entry.isWaiting() || entry.holdsPlaces()) {
        entry.letGo(Ids.next(), now).ifPresent(changes::save);
      }
    });
    offers.offerPlaces(events);
    entries.forgetReasons(accountId);
  }
}
