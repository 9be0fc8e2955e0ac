package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.QuoteTickets;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.registrations.TypedCodes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody waits for places that are not there: for all of the tickets together. */
@Component
public class JoinWaitlist {

  private final QuoteTickets quoteTickets;
  private final WaitlistEntries entries;
  private final WaitlistQueries queries;
  private final AuditTrail audit;
  private final Clock clock;

  JoinWaitlist(
      QuoteTickets quoteTickets,
      WaitlistEntries entries,
      WaitlistQueries queries,
      AuditTrail audit,
      Clock clock) {
    this.quoteTickets = quoteTickets;
    this.entries = entries;
    this.queries = queries;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The tickets that somebody waits for.
   *
   * @param entryId the same when the same request comes again
   */
  public record Command(UUID entryId, UUID eventId, List<TicketQuantity> tickets) {}

  /**
   * Joins behind all others.
   *
   * @throws RuleViolation {@code places-left} when nobody has to wait for them, {@code
   *     already-waiting}, or what {@link QuoteTickets} refuses
   */
  @Transactional
  public WaitlistEntryView handle(Command command, Caller caller) {
    UUID eventId = command.eventId();
    quoteTickets.handle(
        new QuoteTickets.Command(
            eventId, command.tickets(), TypedCodes.NONE, caller.accountId(), null));
    entries.lockEvents(List.of(eventId));
    Instant now = clock.instant();
    WaitlistEntry entry =
        new WaitlistEntry(
            command.entryId(),
            eventId,
            entries.organizationOf(eventId),
            caller.accountId(),
            WaitlistStatus.WAITING,
            entries.lastRank(eventId),
            command.tickets(),
            now,
            null,
            null);
    if (entries.insert(entry)) {
      join(entry, now);
    } else if (entries.find(entry.id()).isEmpty()) {
      throw RegistrationProblem.ALREADY_WAITING.violation();
    }
    return queries.get(entry.id(), caller);
  }

  private void join(WaitlistEntry entry, Instant now) {
    if (entries.fits(entry.id(), now)) {
      throw RegistrationProblem.PLACES_LEFT.violation();
    }
    entries.addToHistory(WaitlistEntry.joined(Ids.next(), entry));
    audit.record(
        "waitlist-entry.joined",
        "waitlist-entry",
        entry.id().toString(),
        entry.organizationId(),
        new Change(
                Map.of(), Map.of("status", "waiting", "places", Integer.toString(entry.places())))
            .with(Map.of("eventId", entry.eventId().toString())));
  }
}
