package io.cpdevents.registration.waitlist;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.OffersPlaces;
import io.cpdevents.registration.waitlist.WaitlistEntry.Change;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody does not wait any more, or declines an offer, whose places go to the next one. */
@Component
public class LeaveWaitlist {

  private final WaitlistEntries entries;
  private final WaitlistChanges changes;
  private final OffersPlaces offers;
  private final AuditTrail audit;
  private final Clock clock;

  LeaveWaitlist(
      WaitlistEntries entries,
      WaitlistChanges changes,
      OffersPlaces offers,
      AuditTrail audit,
      Clock clock) {
    this.entries = entries;
    this.changes = changes;
    this.offers = offers;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Leaves; nothing happens when the entry has ended before.
   *
   * @throws RuleViolation {@code waitlist-entry-not-found}, or {@code wrong-state} when the offer
   *     was accepted: the registration can be cancelled
   */
  @Transactional
  public void handle(UUID entryId, Caller caller) {
    WaitlistEntry seen =
        entries
            .find(entryId)
            .filter(found -> found.accountId().equals(caller.accountId()))
            .orElseThrow(() -> RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND.violation());
    entries.lockEvents(List.of(seen.eventId()));
    entries
        .lock(entryId)
        .letGo(Ids.next(), clock.instant())
        .ifPresent(change -> {
          changes.save(change);
          offers.offerPlaces(List.of(seen.eventId()));
          audit(change);
        });
  }

  private void audit(Change change) {
    WaitlistEntry entry = change.entry();
    WaitlistEntry before = Objects.requireNonNull(change.before());
    audit.record(
        "waitlist-entry.left",
        "waitlist-entry",
        entry.id().toString(),
        entry.organizationId(),
        new AuditTrail.Change(
                Map.of("status", ContractsJson.kebabCase(before.status())),
                Map.of("status", ContractsJson.kebabCase(entry.status())))
            .with(Map.of("eventId", entry.eventId().toString())));
  }
}
