package io.cpdevents.registration.waitlist;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.cpdevents.registration.waitlist.WaitlistEntry.Change;
import io.cpdevents.registration.waitlist.WaitlistEntry.OfferTerms;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL that reads and writes those who wait, except for their places. Whoever writes has locked
 * the event, and then reads the entry anew.
 */
@Component
class WaitlistEntries {

  /** Where an entry is to be found. */
  record EntryKey(UUID id, UUID eventId) {}

  private record TicketRow(UUID entryId, TicketQuantity ticket) {}

  /** The trigger in the first entry of a history; the transition table covers all later ones. */
  private static final String JOINED_TRIGGER = "joined";

  /** What an entry that waits wants is left, of the event, its ticket types and its quotas. */
  private static final String FITS =
      """
      w.places <= e.capacity - e.taken
      AND e.status = 'published' AND e.ends_at > :now
      AND NOT EXISTS (
          SELECT FROM waitlist_ticket k JOIN ticket_type t ON t.id = k.ticket_type_id
          WHERE k.entry_id = w.id
            AND (t.taken + k.quantity > t.quota OR t.sale_closes_at <= :now))
      AND NOT EXISTS (
          SELECT FROM waitlist_ticket k
              JOIN quota_ticket_type qt ON qt.ticket_type_id = k.ticket_type_id
              JOIN quota q ON q.id = qt.quota_id
          WHERE k.entry_id = w.id
          GROUP BY q.id HAVING q.taken + sum(k.quantity) > q.capacity)
      """;

  private final JdbcClient jdbc;

  WaitlistEntries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks events until the transaction ends, in the order of their ids. */
  void lockEvents(Collection<UUID> eventIds) {
    jdbc.sql(
            """
            SELECT id FROM event WHERE id = ANY (cast(:eventIds AS uuid[]))
            ORDER BY id
            FOR NO KEY UPDATE
            """)
        .param("eventIds", Parameters.uuids(eventIds, Function.identity()))
        .query(UUID.class)
        .list();
  }

  /** Whose an event is, which exists. */
  UUID organizationOf(UUID eventId) {
    return jdbc.sql("SELECT organization_id FROM event WHERE id = :eventId")
        .param("eventId", eventId)
        .query(UUID.class)
        .single();
  }

  /** What organizers have typed about an account's entries goes. */
  void forgetReasons(UUID accountId) {
    jdbc.sql(
            """
            UPDATE waitlist_history h SET reason = NULL
            FROM waitlist_entry w
            WHERE w.id = h.entry_id AND w.account_id = :accountId AND h.reason IS NOT NULL
            """)
        .param("accountId", accountId)
        .update();
  }

  /** An entry, without a lock. */
  Optional<WaitlistEntry> find(UUID id) {
    return entries(
            jdbc.sql("SELECT * FROM waitlist_entry WHERE id = :id")
                .param("id", id)
                .query(WaitlistEntries::entry)
                .list())
        .stream()
        .findFirst();
  }

  /** The entry of a locked event as it is now. */
  WaitlistEntry lock(UUID id) {
    return entries(
            jdbc.sql("SELECT * FROM waitlist_entry WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(WaitlistEntries::entry)
                .list())
        .getFirst();
  }

  /**
   * Adds an entry to a locked event, as the last one.
   *
   * @return false when its account has one that waits, or the same request has come before
   */
  boolean insert(WaitlistEntry entry) {
    int inserted =
        jdbc.sql(
                """
                INSERT INTO waitlist_entry
                    (id, event_id, organization_id, account_id, status, rank, places, joined_at)
                VALUES (:id, :eventId, :organizationId, :accountId, :status, :rank, :places,
                    :joinedAt)
                ON CONFLICT DO NOTHING
                """)
            .param("id", entry.id())
            .param("eventId", entry.eventId())
            .param("organizationId", entry.organizationId())
            .param("accountId", entry.accountId())
            .param("status", Parameters.constant(entry.status()))
            .param("rank", entry.rank())
            .param("places", entry.places())
            .param("joinedAt", Parameters.instant(entry.joinedAt()))
            .update();
    if (inserted == 1) {
      jdbc.sql(
              """
              INSERT INTO waitlist_ticket (entry_id, ticket_type_id, quantity)
              SELECT :id, w.ticket_type_id, w.quantity
              FROM unnest(cast(:ticketTypeIds AS uuid[]), cast(:quantities AS integer[]))
                  AS w (ticket_type_id, quantity)
              """)
          .param("id", entry.id())
          .param("ticketTypeIds", Parameters.uuids(entry.tickets(), TicketQuantity::ticketTypeId))
          .param("quantities", Parameters.integers(entry.tickets(), TicketQuantity::quantity))
          .update();
    }
    return inserted == 1;
  }

  /** The rank behind all that a locked event has ever had. */
  BigDecimal lastRank(UUID eventId) {
    return jdbc.sql(
            "SELECT coalesce(max(rank), 0) + 1 FROM waitlist_entry WHERE event_id = :eventId")
        .param("eventId", eventId)
        .query(BigDecimal.class)
        .single();
  }

  /**
   * The rank right before an entry of a locked event that waits, behind whoever is before it. A
   * product is exact, where a quotient is rounded: there is always one in between.
   *
   * @param except the entry that is moved, which is no neighbour
   */
  BigDecimal rankBefore(WaitlistEntry next, UUID except) {
    return jdbc.sql(
            """
            SELECT coalesce((max(rank) + :rank) * 0.5, :rank - 1) FROM waitlist_entry
            WHERE event_id = :eventId AND status = 'waiting' AND rank < :rank AND id <> :except
            """)
        .param("eventId", next.eventId())
        .param("rank", next.rank())
        .param("except", except)
        .query(BigDecimal.class)
        .single();
  }

  /** Which position this rank has among the others that wait; 1 is the first. */
  int position(UUID eventId, BigDecimal rank, UUID except) {
    return jdbc.sql(
            """
            SELECT count(*) + 1 FROM waitlist_entry
            WHERE event_id = :eventId AND status = 'waiting' AND rank < :rank AND id <> :except
            """)
        .param("eventId", eventId)
        .param("rank", rank)
        .param("except", except)
        .query(Integer.class)
        .single();
  }

  /** Whether what an entry of a locked event wants is left. */
  boolean fits(UUID id, Instant now) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM waitlist_entry w JOIN event e ON e.id = w.event_id
                WHERE w.id = :id AND %s)
            """
                .formatted(FITS))
        .param("id", id)
        .param("now", Parameters.instant(now))
        .query(Boolean.class)
        .single();
  }

  /** Of locked events those for which somebody waits, in the order of their ids. */
  List<UUID> awaited(Collection<UUID> eventIds) {
    return jdbc.sql(
            """
            SELECT DISTINCT event_id FROM waitlist_entry
            WHERE status = 'waiting' AND event_id = ANY (cast(:eventIds AS uuid[]))
            ORDER BY event_id
            """)
        .param("eventIds", Parameters.uuids(eventIds, Function.identity()))
        .query((row, _) -> Columns.uuid(row, "event_id"))
        .list();
  }

  /**
   * The first entry of a locked event that waits and fits, locked.
   *
   * @param behind with a higher rank than this; null: with any. What did not fit before fits no
   *     better after places were taken
   */
  Optional<WaitlistEntry> lockFirstFitting(UUID eventId, @Nullable BigDecimal behind, Instant now) {
    return entries(
            jdbc.sql(
                    """
                    SELECT w.* FROM waitlist_entry w JOIN event e ON e.id = w.event_id
                    WHERE w.event_id = :eventId AND w.status = 'waiting'
                      AND (cast(:behind AS numeric) IS NULL OR w.rank > :behind)
                      AND %s
                    ORDER BY w.rank LIMIT 1
                    FOR UPDATE OF w
                    """
                        .formatted(FITS))
                .param("eventId", eventId)
                .param("behind", Parameters.numeric(behind))
                .param("now", Parameters.instant(now))
                .query(WaitlistEntries::entry)
                .list())
        .stream()
        .findFirst();
  }

  /** What an event says about offers. */
  OfferTerms offerTerms(UUID eventId) {
    return jdbc.sql("SELECT offer_minutes, starts_at, ends_at FROM event WHERE id = :eventId")
        .param("eventId", eventId)
        .query((row, _) ->
            new OfferTerms(
                row.getInt("offer_minutes"),
                Columns.instant(row, "starts_at"),
                Columns.instant(row, "ends_at")))
        .single();
  }

  /** Offers whose time is over, the oldest first; nothing is locked. */
  List<EntryKey> dueOffers(Instant now, int limit) {
    return jdbc.sql(
            """
            SELECT id, event_id FROM waitlist_entry
            WHERE status = 'offered' AND offer_expires_at <= :now
            ORDER BY offer_expires_at LIMIT :limit
            """)
        .param("now", Parameters.instant(now))
        .param("limit", limit)
        .query(WaitlistEntries::key)
        .list();
  }

  /** Those who wait for, or are offered places of, events that are over or cancelled. */
  List<EntryKey> liveOfEndedEvents(Instant now, int limit) {
    return jdbc.sql(
            """
            SELECT w.id, w.event_id FROM waitlist_entry w JOIN event e ON e.id = w.event_id
            WHERE w.status IN ('waiting', 'offered')
              AND (e.status = 'cancelled' OR e.ends_at <= :now)
            LIMIT :limit
            """)
        .param("now", Parameters.instant(now))
        .param("limit", limit)
        .query(WaitlistEntries::key)
        .list();
  }

  /** What an account waits for, or is offered. */
  List<EntryKey> liveOfAccount(UUID accountId) {
    return jdbc.sql(
            """
            SELECT id, event_id FROM waitlist_entry
            WHERE account_id = :accountId AND status IN ('waiting', 'offered')
            """)
        .param("accountId", accountId)
        .query(WaitlistEntries::key)
        .list();
  }

  /** Saves a change of an entry of a locked event, with its history. */
  void save(Change change) {
    WaitlistEntry entry = change.entry();
    jdbc.sql(
            """
            UPDATE waitlist_entry
            SET status = :status, rank = :rank, offer_expires_at = :offerExpiresAt,
                registration_id = cast(:registrationId AS uuid)
            WHERE id = :id
            """)
        .param("id", entry.id())
        .param("status", Parameters.constant(entry.status()))
        .param("rank", entry.rank())
        .param("offerExpiresAt", Parameters.instant(entry.offerExpiresAt()))
        .param("registrationId", Parameters.uuid(entry.registrationId()))
        .update();
    addToHistory(change);
  }

  /** What has happened to an entry, after it is saved. */
  void addToHistory(Change change) {
    WaitlistEntry entry = change.entry();
    WaitlistEntry before = change.before();
    jdbc.sql(
            """
            INSERT INTO waitlist_history (id, entry_id, event_id, occurred_at, from_status, trigger,
                to_status, from_rank, to_rank, position, reason)
            VALUES (:id, :entryId, :eventId, :occurredAt, :fromStatus, :trigger, :toStatus,
                :fromRank, :toRank, :position, :reason)
            """)
        .param("id", change.id())
        .param("entryId", entry.id())
        .param("eventId", entry.eventId())
        .param("occurredAt", Parameters.instant(change.occurredAt()))
        .param("fromStatus", Parameters.constant(before == null ? null : before.status()))
        .param(
            "trigger",
            change.trigger() == null
                ? Parameters.text(JOINED_TRIGGER)
                : Parameters.constant(change.trigger()))
        .param("toStatus", Parameters.constant(entry.status()))
        .param("fromRank", Parameters.numeric(before == null ? null : before.rank()))
        .param("toRank", entry.rank())
        .param(
            "position",
            Parameters.integer(
                entry.isWaiting() ? position(entry.eventId(), entry.rank(), entry.id()) : null))
        .param("reason", Parameters.text(change.reason()))
        .update();
  }

  private List<WaitlistEntry> entries(List<WaitlistEntry> withoutTickets) {
    if (withoutTickets.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<TicketQuantity>> tickets =
        jdbc
            .sql(
                """
                SELECT * FROM waitlist_ticket WHERE entry_id = ANY (cast(:ids AS uuid[]))
                ORDER BY entry_id, ticket_type_id
                """)
            .param("ids", Parameters.uuids(withoutTickets, WaitlistEntry::id))
            .query((row, _) ->
                new TicketRow(
                    Columns.uuid(row, "entry_id"),
                    new TicketQuantity(
                        Columns.uuid(row, "ticket_type_id"), row.getInt("quantity"))))
            .list()
            .stream()
            .collect(groupingBy(TicketRow::entryId, mapping(TicketRow::ticket, toList())));
    return withoutTickets.stream()
        .map(entry -> entry.withTickets(tickets.getOrDefault(entry.id(), List.of())))
        .toList();
  }

  private static EntryKey key(ResultSet row, int number) throws SQLException {
    return new EntryKey(Columns.uuid(row, "id"), Columns.uuid(row, "event_id"));
  }

  private static WaitlistEntry entry(ResultSet row, int number) throws SQLException {
    return new WaitlistEntry(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "event_id"),
        Columns.uuid(row, "organization_id"),
        Columns.uuid(row, "account_id"),
        Columns.constant(WaitlistStatus.class, row, "status"),
        row.getBigDecimal("rank"),
        List.of(),
        Columns.instant(row, "joined_at"),
        Columns.instantOrNull(row, "offer_expires_at"),
        Columns.uuidOrNull(row, "registration_id"));
  }
}
