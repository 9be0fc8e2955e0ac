package io.cpdevents.registration.waitlist;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.cpdevents.platform.Ids;
import io.cpdevents.registration.waitlist.WaitlistEntries.EntryKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Nobody waits any longer for places of an event that is over or was cancelled. */
@Component
public class EndEntries {

  private static final int MAX_BATCH_ROWS = 50;

  private final WaitlistEntries entries;
  private final WaitlistChanges changes;
  private final Clock clock;

  EndEntries(WaitlistEntries entries, WaitlistChanges changes, Clock clock) {
    this.entries = entries;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Ends a batch of entries.
   *
   * @return how many there were
   */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    Set<UUID> events =
        entries.liveOfEndedEvents(now, MAX_BATCH_ROWS).stream()
            .map(EntryKey::eventId)
            .collect(toUnmodifiableSet());
    entries.lockEvents(events);
    // Read after the lock: the event may have got another date.
    List<EntryKey> live = entries.liveOfEndedEvents(now, MAX_BATCH_ROWS);
    live.stream()
        .filter(each -> events.contains(each.eventId()))
        .forEach(
            each -> entries.lock(each.id()).eventEnded(Ids.next(), now).ifPresent(changes::save));
    return live.size();
  }
}
