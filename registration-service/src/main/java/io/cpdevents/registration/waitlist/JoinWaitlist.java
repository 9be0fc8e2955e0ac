package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.NetworkDigest;
import io.cpdevents.registration.registrations.QuoteTickets;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.registrations.TypedCodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody waits for places that are not there: for all of the tickets together. */
@Component
public class JoinWaitlist {

  /** So often one account joins the waitlist of an event in a day. */
  static final int MAX_JOINS = 10;

  private static final Duration JOINS_COUNT_TIME = Duration.ofDays(1);

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
   * @param network from which it comes; null when that is not known
   */
  public record Command(
      UUID entryId, UUID eventId, List<TicketQuantity> tickets, @Nullable CallerNetwork network) {}

  /**
   * Joins behind all others.
   *
   * @throws RuleViolation {@code places-left} when nobody has to wait for them, {@code
   *     already-waiting}, {@code too-many-requests} when the account has joined and left too often,
   *     or what {@link QuoteTickets} refuses
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
            null,
            false);
    requireFewJoins(entry);
    if (entries.insert(entry, digest(eventId, command.network()))) {
      join(entry, now);
    } else if (entries.find(entry.id()).isEmpty()) {
      throw RegistrationProblem.ALREADY_WAITING.violation();
    }
    return queries.get(entry.id(), caller);
  }

  /** Each time leaves rows for good. */
  private void requireFewJoins(WaitlistEntry entry) {
    Instant since = entry.joinedAt().minus(JOINS_COUNT_TIME);
    if (entries.joinsBeside(entry, since) >= MAX_JOINS) {
      throw CommonProblem.TOO_MANY_REQUESTS.violation(JOINS_COUNT_TIME);
    }
  }

  /** Of what anybody gets for nothing: one account more costs the same in all of it. */
  private static byte @Nullable [] digest(UUID eventId, @Nullable CallerNetwork network) {
    return network == null ? null : NetworkDigest.of(eventId, network.allotment());
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
