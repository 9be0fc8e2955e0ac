package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin gives somebody who waits another position, and says why. */
@Component
public class MoveEntry {

  private final WaitlistEntries entries;
  private final WaitlistChanges changes;
  private final WaitlistQueries queries;
  private final AuditTrail audit;
  private final Clock clock;

  MoveEntry(
      WaitlistEntries entries,
      WaitlistChanges changes,
      WaitlistQueries queries,
      AuditTrail audit,
      Clock clock) {
    this.entries = entries;
    this.changes = changes;
    this.queries = queries;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A move.
   *
   * @param before the entry that comes right behind it then; null: it is the last one
   */
  public record Command(UUID entryId, @Nullable UUID before, String reason) {}

  /**
   * Moves the entry; nothing happens when it stands there already.
   *
   * @throws RuleViolation {@code waitlist-entry-not-found}, {@code role-missing}, {@code
   *     wrong-state} when it does not wait, or {@code invalid-request} when nobody waits there
   */
  @Transactional
  public WaitlistEntryView handle(Command command, Caller caller) {
    WaitlistEntry seen =
        entries
            .find(command.entryId())
            .orElseThrow(() -> RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND.violation());
    caller.requireRole(
        seen.organizationId(),
        RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND,
        OrganizationRole.ADMIN);
    UUID eventId = seen.eventId();
    entries.lockEvents(List.of(eventId));
    WaitlistEntry entry = entries.lock(seen.id());
    BigDecimal rank = rank(entry, command.before());
    int was = entries.position(eventId, entry.rank(), entry.id());
    int position = entries.position(eventId, rank, entry.id());
    if (position != was || !entry.isWaiting()) {
      changes.save(entry.moved(Ids.next(), rank, position, command.reason(), clock.instant()));
      audit(entry, was, position);
    }
    return queries.get(entry.id(), caller);
  }

  private BigDecimal rank(WaitlistEntry entry, @Nullable UUID before) {
    return before == null
        ? entries.lastRank(entry.eventId())
        : entries
            .find(before)
            .filter(next ->
                next.eventId().equals(entry.eventId())
                    && next.isWaiting()
                    && !next.id().equals(entry.id()))
            .map(next -> entries.rankBefore(next, entry.id()))
            .orElseThrow(() -> FieldProblem.NOT_FOUND.on("before"));
  }

  /** What was typed is with the entry, from where it goes with the person. */
  private void audit(WaitlistEntry entry, int was, int position) {
    audit.record(
        "waitlist-entry.moved",
        "waitlist-entry",
        entry.id().toString(),
        entry.organizationId(),
        new AuditTrail.Change(
                Map.of("position", Integer.toString(was)),
                Map.of("position", Integer.toString(position)))
            .with(Map.of("eventId", entry.eventId().toString())));
  }
}
