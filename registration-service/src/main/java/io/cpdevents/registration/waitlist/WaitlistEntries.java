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
import java.time.Duration;
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

  /** How long it counts that an offer was let go. */
  static final Duration OFFERS_COUNT_TIME = Duration.ofDays(7);

  /** Anybody may find that a time does not suit, once. */
  private static final int MIN_LET_GO_OF_ACCOUNT = 2;

  /** One or two accounts are of one family. */
  private static final int MIN_LET_GO_OF_NETWORK = 3;

  /** An offer {@code o} was declined or not answered, or what it became ({@code r}) not paid. */
  private static final String LET_GO =
      """
      (o.status IN ('declined', 'expired')
       OR (r.status IN ('cancelled', 'expired') AND r.confirmed_at IS NULL))
      """;

  /** Where an entry is to be found. */
  record EntryKey(UUID id, UUID eventId) {}

  private record TicketRow(UUID entryId, TicketQuantity ticket) {}

  /** The trigger in the first entry of a history; the transition table covers all later ones. */
  private static final String JOINED_TRIGGER = "joined";

  /**
   * What an entry that waits wants is left, of the event, its ticket types and its quotas, and is
   * no more than its account may hold unpaid: else who lets a hold go and waits for all the places
   * would have all of them, for hours.
   */
  private static final String FITS =
      """
      w.places <= e.capacity - e.taken
      AND e.status = 'published' AND e.ends_at > :now
      AND (NOT EXISTS (
              SELECT FROM waitlist_ticket k JOIN ticket_type t ON t.id = k.ticket_type_id
              WHERE k.entry_id = w.id AND t.price_minor > 0)
          OR EXISTS (
              SELECT FROM (
                  SELECT count(*) AS places
                  FROM registration r JOIN ticket k ON k.registration_id = r.id
                  WHERE r.account_id = w.account_id AND r.event_id = w.event_id
                    AND r.status = 'held') u
              WHERE u.places + w.places <= greatest(
                  cast(coalesce(e.hold_limits ->> 'minPlaces', '5') AS integer),
                  (SELECT sum(t.min_per_registration)
                   FROM waitlist_ticket k JOIN ticket_type t ON t.id = k.ticket_type_id
                   WHERE k.entry_id = w.id),
                  ceil((e.capacity - e.taken + u.places)
                      * cast(e.hold_limits ->> 'maxShareBasisPoints' AS integer) / 10000.0))))
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
   * @param network the digest of where it comes from; null when that is not known
   * @return false when its account has one that waits, or the same request has come before
   */
  boolean insert(WaitlistEntry entry, byte @Nullable [] network) {
    int inserted =
        jdbc.sql(
                """
                INSERT INTO waitlist_entry
                    (id, event_id, organization_id, account_id, status, rank, places, joined_at,
                     network)
                VALUES (:id, :eventId, :organizationId, :accountId, :status, :rank, :places,
                    :joinedAt, :network)
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
            .param("network", Parameters.bytes(network))
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

  /** How often the account of an entry has joined this list before, since then. */
  int joinsBeside(WaitlistEntry entry, Instant since) {
    return jdbc.sql(
            """
            SELECT count(*) FROM waitlist_entry
            WHERE event_id = :eventId AND account_id = :accountId AND id <> :id
              AND joined_at > :since
            """)
        .param("eventId", entry.eventId())
        .param("accountId", entry.accountId())
        .param("id", entry.id())
        .param("since", Parameters.instant(since))
        .query(Integer.class)
        .single();
  }

  /** The rank behind all that a locked event has ever had, but for those that are served last. */
  BigDecimal lastRank(UUID eventId) {
    return jdbc.sql(
            """
            SELECT coalesce(max(rank), 0) + 1 FROM waitlist_entry
            WHERE event_id = :eventId AND rank <= :ofTheLast
            """)
        .param("eventId", eventId)
        .param("ofTheLast", WaitlistEntry.RANK_OF_THE_LAST)
        .query(BigDecimal.class)
        .single();
  }

  /** The highest rank that a locked event has ever had. */
  BigDecimal highestRank(UUID eventId) {
    return jdbc.sql("SELECT max(rank) FROM waitlist_entry WHERE event_id = :eventId")
        .param("eventId", eventId)
        .query(BigDecimal.class)
        .single();
  }

  /**
   * Whether offers of the event were let go within a week where an entry of it comes from: two of
   * its account, or those of three accounts of its network and of more than twice as many as took
   * theirs.
   */
  boolean letsOffersGo(WaitlistEntry entry, Instant now) {
    return jdbc.sql(
            """
            SELECT (SELECT count(*)
                    FROM waitlist_entry o LEFT JOIN registration r ON r.id = o.registration_id
                    WHERE o.event_id = w.event_id AND o.account_id = w.account_id
                      AND o.offer_expires_at > :since AND %1$s) >= :mostOfAccount
                OR (SELECT n.let_go >= :mostOfNetwork AND n.let_go > 2 * n.taken
                    FROM (SELECT count(DISTINCT o.account_id) FILTER (WHERE %1$s) AS let_go,
                              count(DISTINCT o.account_id) FILTER (WHERE r.status = 'confirmed')
                                  AS taken
                          FROM waitlist_entry o LEFT JOIN registration r ON r.id = o.registration_id
                          WHERE o.event_id = w.event_id AND o.network = w.network
                            AND o.offer_expires_at > :since) n)
            FROM waitlist_entry w WHERE w.id = :id
            """
                .formatted(LET_GO))
        .param("id", entry.id())
        .param("since", Parameters.instant(now.minus(OFFERS_COUNT_TIME)))
        .param("mostOfAccount", MIN_LET_GO_OF_ACCOUNT)
        .param("mostOfNetwork", MIN_LET_GO_OF_NETWORK)
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether an entry of a locked event and what is offered to its network, or not paid yet of that,
   * are no more than one account may hold unpaid of what is left.
   */
  boolean keepsToShare(WaitlistEntry entry) {
    return jdbc.sql(
            """
            SELECT w.places + n.places <= greatest(1, ceil(
                (e.capacity - e.taken + n.places)
                    * cast(e.hold_limits ->> 'maxShareBasisPoints' AS integer) / 10000.0))
            FROM waitlist_entry w JOIN event e ON e.id = w.event_id
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(o.places), 0) AS places
                    FROM waitlist_entry o LEFT JOIN registration r ON r.id = o.registration_id
                    WHERE o.event_id = w.event_id AND o.network = w.network
                      AND (o.status = 'offered' OR r.status = 'held')) n
            WHERE w.id = :id
            """)
        .param("id", entry.id())
        .query(Boolean.class)
        .single();
  }

  /** Forgets where a batch of those came from who wait no more; returns how many. */
  int forgetNetworks(Instant now, int batchRows) {
    return jdbc.sql(
            """
            UPDATE waitlist_entry SET network = NULL
            WHERE id = ANY (ARRAY(
                SELECT id FROM waitlist_entry
                WHERE network IS NOT NULL AND status NOT IN ('waiting', 'offered')
                  AND (offer_expires_at IS NULL OR offer_expires_at <= :before)
                LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("before", Parameters.instant(now.minus(OFFERS_COUNT_TIME)))
        .param("batchRows", batchRows)
        .update();
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
                registration_id = cast(:registrationId AS uuid), put_behind = :putBehind
            WHERE id = :id
            """)
        .param("id", entry.id())
        .param("status", Parameters.constant(entry.status()))
        .param("rank", entry.rank())
        .param("offerExpiresAt", Parameters.instant(entry.offerExpiresAt()))
        .param("registrationId", Parameters.uuid(entry.registrationId()))
        .param("putBehind", entry.putBehind())
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
        Columns.uuidOrNull(row, "registration_id"),
        row.getBoolean("put_behind"));
  }
}
