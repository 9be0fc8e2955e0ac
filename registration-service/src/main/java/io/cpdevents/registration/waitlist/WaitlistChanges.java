package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.registration.waitlist.WaitlistEntry.Change;
import org.springframework.stereotype.Component;

/** Saves changes of entries of locked events: rows, places that are not held any more, facts. */
@Component
class WaitlistChanges {

  private final WaitlistEntries entries;
  private final WaitlistPlaces places;
  private final Outbox outbox;

  WaitlistChanges(WaitlistEntries entries, WaitlistPlaces places, Outbox outbox) {
    this.entries = entries;
    this.places = places;
    this.outbox = outbox;
  }

  /** Saves a change that takes no places; who gives some back offers them afterwards. */
  void save(Change change) {
    WaitlistEntry before = change.before();
    if (before != null && before.holdsPlaces()) {
      places.giveBack(before);
    }
    entries.save(change);
    if (change.fact() != null) {
      outbox.append(change.fact());
    }
  }
}
