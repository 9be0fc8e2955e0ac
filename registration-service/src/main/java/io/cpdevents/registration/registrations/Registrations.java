package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.cpdevents.platform.messaging.OutboxRow;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventPlace;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.events.HoldLimits;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.registrations.Cancellation.CancelledTicket;
import io.cpdevents.registration.registrations.NewRegistration.NewTicket;
import io.cpdevents.registration.registrations.RefundConditions.Moved;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes registrations, except for giving places back and taking them again. */
@Component
class Registrations {

  /** How the one statement that places a registration ended. */
  enum Placing {
    PLACED,
    /** The same request has come before and placed it. */
    PLACED_BEFORE,
    /** The event is full, or too much of it would be held unpaid, or it has changed. */
    NO_PLACE_OR_CHANGED,
    NO_PLACE_OF_TYPE,
    ACCOUNT_LIMIT_REACHED,
    /** The account has as many unpaid registrations for the event as it may. */
    HOLD_LIMIT_REACHED,
    /** The promo code has no use left, or it has changed. */
    NO_USE_OF_PROMO_CODE,
    PROMO_ACCOUNT_LIMIT_REACHED,
    /** The network of the caller holds its share, and lets holds run out. */
    NETWORK_HOLDS_ENOUGH
  }

  /** The trigger in the first entry of a history; the transition table covers all later ones. */
  private static final String PLACED_TRIGGER = "placed";

  /** The one statement that places a registration, with what it asks of quotas, if any. */
  private static final String PLACING_PARTS =
      """
      WITH unpaid AS (
          SELECT k.ticket_type_id, count(*) AS places
          FROM registration r JOIN ticket k ON k.registration_id = r.id
          WHERE :held AND r.account_id = :accountId AND r.event_id = :eventId
            AND r.status = 'held'
          GROUP BY k.ticket_type_id
      ), all_unpaid AS (
          SELECT coalesce(sum(places), 0) AS places FROM unpaid
      ), event_guard AS (
          UPDATE event SET taken = taken + :places FROM all_unpaid u
          WHERE id = :eventId AND status = 'published' AND version = :version
            AND taken + :places <= capacity
            AND (NOT :held OR u.places + :places <= greatest(:alwaysHeld,
                ceil((capacity - taken + u.places) * :maxShareBasisPoints / 10000.0)))
          RETURNING id, organization_id, refund_policy, starts_at, per_account_limit
      ), ticket_type_guard AS (
          UPDATE ticket_type t SET taken = t.taken + w.quantity
          FROM event_guard e,
              unnest(cast(:wantedTypes AS uuid[]), cast(:quantities AS integer[]))
                  AS w (ticket_type_id, quantity)
              LEFT JOIN unpaid u ON u.ticket_type_id = w.ticket_type_id
          WHERE t.id = w.ticket_type_id AND t.event_id = e.id
            AND (t.quota IS NULL OR t.taken + w.quantity <= t.quota)
            AND (t.quota IS NULL OR NOT :held OR coalesce(u.places, 0) + w.quantity
                <= greatest(:minPlacesOfHold, t.min_per_registration,
                    ceil((t.quota - t.taken + coalesce(u.places, 0))
                        * :maxShareBasisPoints / 10000.0)))
          RETURNING t.id
      %s
      ), account_guard AS (
          INSERT INTO account_limit_use AS u (event_id, account_id, registrations)
          SELECT e.id, :accountId, 1 FROM event_guard e WHERE e.per_account_limit IS NOT NULL
          ON CONFLICT (event_id, account_id) DO UPDATE
              SET registrations = u.registrations + 1
              WHERE u.registrations < (SELECT e.per_account_limit FROM event_guard e)
          RETURNING u.account_id
      ), hold_guard AS (
          SELECT e.id FROM event_guard e
          WHERE NOT :held OR (SELECT count(*) FROM registration r
              WHERE r.account_id = :accountId AND r.event_id = e.id AND r.status = 'held')
              < :maxHoldsOfAccount
      ), promo_code_guard AS (
          UPDATE promo_code_use p SET uses = p.uses + 1 FROM event_guard e
          WHERE p.promo_code_id = :promoCodeId AND p.version = :promoCodeVersion
            AND (p.max_uses IS NULL OR p.uses < p.max_uses)
          RETURNING p.promo_code_id, p.max_uses_per_account
      ), promo_code_account_guard AS (
          INSERT INTO promo_code_account_use AS u (promo_code_id, account_id, uses)
          SELECT p.promo_code_id, :accountId, 1 FROM promo_code_guard p
          ON CONFLICT (promo_code_id, account_id) DO UPDATE SET uses = u.uses + 1
              WHERE u.uses < (SELECT coalesce(p.max_uses_per_account, u.uses + 1)
                              FROM promo_code_guard p)
          RETURNING u.account_id
      ), placed AS (
          INSERT INTO registration (id, event_id, organization_id, account_id, status,
              currency, price_minor, discount_minor, total_minor, promo_code_id,
              refund_policy, event_starts_at, created_at, hold_expires_at, confirmed_at)
          SELECT :id, e.id, e.organization_id, :accountId, :status, :currency, :priceMinor,
              :discountMinor, :totalMinor, cast(:promoCodeId AS uuid), e.refund_policy,
              e.starts_at, :placedAt, :holdExpiresAt, :confirmedAt
          FROM event_guard e
          WHERE (SELECT count(*) FROM ticket_type_guard) = :wantedTypeCount
            %s
            AND (e.per_account_limit IS NULL OR EXISTS (SELECT FROM account_guard))
            AND EXISTS (SELECT FROM hold_guard)
            AND (cast(:promoCodeId AS uuid) IS NULL
                OR EXISTS (SELECT FROM promo_code_account_guard))
          ON CONFLICT (id) DO NOTHING
          RETURNING id
      ), with_tickets AS (
          INSERT INTO ticket (id, registration_id, position, ticket_type_id,
              ticket_type_name, attendee_name, attendee_email, code, status, price_minor,
              discount_minor, total_minor)
          SELECT k.id, p.id, k.position, k.ticket_type_id, k.ticket_type_name,
              k.attendee_name, k.attendee_email, k.code, k.status, k.price_minor,
              k.discount_minor, k.price_minor - k.discount_minor
          FROM placed p,
              unnest(cast(:ticketIds AS uuid[]), cast(:ticketTypeIds AS uuid[]),
                  cast(:ticketTypeNames AS text[]), cast(:names AS text[]),
                  cast(:emails AS text[]), cast(:codes AS text[]),
                  cast(:ticketStatuses AS text[]), cast(:ticketPrices AS bigint[]),
                  cast(:ticketDiscounts AS bigint[]))
                  WITH ORDINALITY
                  AS k (id, ticket_type_id, ticket_type_name, attendee_name, attendee_email,
                      code, status, price_minor, discount_minor, position)
      ), with_history AS (
          INSERT INTO registration_history
              (registration_id, id, occurred_at, trigger, to_status)
          SELECT p.id, :historyId, :placedAt, :trigger, :status FROM placed p
      ), with_fact AS (
          INSERT INTO outbox
              (topic, key, event_id, event_type, payload, occurred_at, trace_parent)
          SELECT :topic, :key, :factId, :factType, :payload, :occurredAt, :traceParent
          FROM placed
      )
      SELECT EXISTS (SELECT FROM event_guard) AS event_guard,
          (SELECT count(*) FROM ticket_type_guard) = :wantedTypeCount
              %s
              AS ticket_type_guard,
          EXISTS (SELECT FROM event_guard e WHERE e.per_account_limit IS NULL)
              OR EXISTS (SELECT FROM account_guard) AS account_guard,
          EXISTS (SELECT FROM hold_guard) AS hold_guard,
          cast(:promoCodeId AS uuid) IS NULL
              OR EXISTS (SELECT FROM promo_code_guard) AS promo_code_guard,
          cast(:promoCodeId AS uuid) IS NULL
              OR EXISTS (SELECT FROM promo_code_account_guard) AS promo_code_account_guard,
          EXISTS (SELECT FROM placed) AS placed
      """;

  private static final String QUOTA_GUARDS =
      """
      ), quota_wanted AS (
          SELECT qt.quota_id, sum(w.quantity) AS quantity
          FROM unnest(cast(:wantedTypes AS uuid[]), cast(:quantities AS integer[]))
                  AS w (ticket_type_id, quantity)
              JOIN quota_ticket_type qt ON qt.ticket_type_id = w.ticket_type_id
          GROUP BY qt.quota_id
      ), quota_unpaid AS (
          SELECT qt.quota_id, sum(u.places) AS places
          FROM unpaid u JOIN quota_ticket_type qt ON qt.ticket_type_id = u.ticket_type_id
          GROUP BY qt.quota_id
      ), quota_guard AS (
          UPDATE quota q SET taken = q.taken + n.quantity
          FROM event_guard e,
              quota_wanted n LEFT JOIN quota_unpaid u ON u.quota_id = n.quota_id
          WHERE q.id = n.quota_id AND q.event_id = e.id
            AND q.taken + n.quantity <= q.capacity
            AND (NOT :held OR coalesce(u.places, 0) + n.quantity <= greatest(:alwaysHeld,
                ceil((q.capacity - q.taken + coalesce(u.places, 0))
                    * :maxShareBasisPoints / 10000.0)))
          RETURNING q.id
      """;

  private static final String QUOTAS_ARE_KEPT =
      "AND (SELECT count(*) FROM quota_guard) = (SELECT count(*) FROM quota_wanted)";

  private static final String PLACING = PLACING_PARTS.formatted("", "", "");

  private static final String PLACING_WITH_QUOTAS =
      PLACING_PARTS.formatted(QUOTA_GUARDS, QUOTAS_ARE_KEPT, QUOTAS_ARE_KEPT);

  private record TicketOfRegistration(UUID registrationId, Ticket ticket) {}

  private final JdbcClient jdbc;

  Registrations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes the places and writes the registration, its tickets, its history and the fact for other
   * services. Unless it answers {@link Placing#PLACED}, the caller has to roll back.
   *
   * <p>It is one round trip, because every other registration for the event waits for this row
   * lock. The parts depend on each other, so they lock in a fixed order: the event, then its ticket
   * types and quotas, which only the holder of the event's row touches. The promo code, which
   * several events may share, is locked behind its event. Which ticket types share a quota is read
   * before the event is locked: whoever changes that raises the event's version.
   */
  Placing place(NewRegistration placed, OutboxRow fact) {
    Registration registration = placed.registration();
    List<TicketQuantity> wanted = placed.wanted();
    List<NewTicket> tickets = placed.tickets();
    HoldLimits limits = placed.eventOnSale().limits();
    PromoCodeOnSale promoCode = placed.eventOnSale().promoCode();
    return jdbc.sql(placed.eventOnSale().sharesQuotas(wanted) ? PLACING_WITH_QUOTAS : PLACING)
        .param("places", tickets.size())
        .param("held", placed.isHeld())
        .param("minPlacesOfHold", limits.alwaysHeld(0))
        .param("alwaysHeld", limits.alwaysHeld(placed.eventOnSale().smallestOf(wanted)))
        .param("maxShareBasisPoints", limits.maxShareBasisPoints())
        .param("maxHoldsOfAccount", limits.maxPerAccount())
        .param("eventId", registration.eventId())
        .param("version", placed.eventOnSale().version())
        .param("wantedTypes", Parameters.uuids(wanted, TicketQuantity::ticketTypeId))
        .param("quantities", Parameters.integers(wanted, TicketQuantity::quantity))
        .param("wantedTypeCount", wanted.size())
        .param("accountId", registration.accountId())
        .param("id", registration.id())
        .param("status", Parameters.constant(registration.status()))
        .param("currency", Parameters.currency(registration.total().currency()))
        .param("priceMinor", placed.quote().price().amountMinor())
        .param("discountMinor", placed.quote().discount().amountMinor())
        .param("totalMinor", registration.total().amountMinor())
        .param("placedAt", Parameters.instant(placed.placedAt()))
        .param("holdExpiresAt", Parameters.instant(registration.holdExpiresAt()))
        .param("confirmedAt", Parameters.instant(registration.confirmedAt()))
        .param("ticketIds", Parameters.uuids(tickets, NewTicket::id))
        .param("ticketTypeIds", Parameters.uuids(tickets, each -> each.line().ticketTypeId()))
        .param("ticketTypeNames", Parameters.texts(tickets, each -> each.line().ticketTypeName()))
        .param("names", Parameters.texts(tickets, each -> each.attendee().name()))
        .param("emails", Parameters.texts(tickets, each -> each.attendee().email()))
        .param("codes", Parameters.texts(tickets, NewTicket::code))
        .param("ticketStatuses", Parameters.constants(tickets, NewTicket::status))
        .param("ticketPrices", Parameters.bigints(tickets, each -> each.price().amountMinor()))
        .param(
            "ticketDiscounts", Parameters.bigints(tickets, each -> each.discount().amountMinor()))
        .param("promoCodeId", Parameters.uuid(promoCode == null ? null : promoCode.id()))
        .param("promoCodeVersion", promoCode == null ? 0 : promoCode.version())
        .param("historyId", placed.historyEntryId())
        .param("trigger", PLACED_TRIGGER)
        .param("topic", fact.topic())
        .param("key", fact.key())
        .param("factId", fact.eventId())
        .param("factType", Parameters.text(fact.eventType()))
        .param("payload", Parameters.bytes(fact.payload()))
        .param("occurredAt", Parameters.instant(fact.occurredAt()))
        .param("traceParent", Parameters.text(fact.traceParent()))
        .query((row, _) -> placing(row))
        .single();
  }

  /**
   * Lets an account place one unpaid registration for an event at a time, until the transaction
   * ends: of two that come together, the second one's statement counts the first.
   */
  void lockHolds(NewRegistration placed) {
    Registration registration = placed.registration();
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:holds, 0))")
        .param("holds", "holds " + registration.eventId() + " " + registration.accountId())
        .query((_, _) -> registration.id())
        .single();
  }

  /** The registration, locked until the transaction ends. It is locked before its event. */
  Optional<Registration> lock(UUID id) {
    Optional<Registration> locked =
        jdbc.sql("SELECT * FROM registration WHERE id = :id FOR UPDATE")
            .param("id", id)
            .query(Registrations::registration)
            .optional();
    // Read after the lock, so that a refund which another transaction has just requested is seen.
    return locked.map(registration -> registration.withRefundedPayments(refundedPayments(id)));
  }

  /**
   * The registration of a payment, locked until the transaction ends.
   *
   * @throws IllegalStateException when there is none
   */
  Registration lockForPayment(UUID id, UUID paymentId) {
    return lock(id)
        .orElseThrow(() ->
            new IllegalStateException(
                "payment %s is for registration %s, which does not exist"
                    .formatted(paymentId, id)));
  }

  /** Holds that are due, locked; those that another transaction has locked are skipped. */
  List<Registration> lockDueHolds(Instant now, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM registration
            WHERE status = 'held' AND hold_expires_at <= :now
            ORDER BY hold_expires_at
            LIMIT :limit
            FOR UPDATE SKIP LOCKED
            """)
        .param("now", Parameters.instant(now))
        .param("limit", limit)
        .query(Registrations::registration)
        .list();
  }

  /**
   * Registrations of an event that are held or confirmed, locked, the oldest first; those that
   * another transaction has locked are skipped.
   *
   * @param after begins behind this registration
   */
  List<Registration> lockLive(UUID eventId, Cursor after, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM registration
            WHERE event_id = :eventId AND status IN ('held', 'confirmed')
              AND (created_at, id) > (:afterAt, :afterId)
            ORDER BY created_at, id
            LIMIT :limit
            FOR UPDATE SKIP LOCKED
            """)
        .param("eventId", eventId)
        .param("afterAt", Parameters.instant(after.at()))
        .param("afterId", after.id())
        .param("limit", limit)
        .query(Registrations::registration)
        .list();
  }

  /** A registration, without a lock. */
  Optional<Registration> find(UUID id) {
    return jdbc.sql("SELECT * FROM registration WHERE id = :id")
        .param("id", id)
        .query(Registrations::registration)
        .optional();
  }

  /** All tickets of these registrations, in their order. */
  Map<UUID, List<Ticket>> tickets(Collection<Registration> registrations) {
    return jdbc
        .sql(
            """
            SELECT k.*, r.currency,
                (SELECT coalesce(sum(f.amount_minor), 0) FROM ticket_refund f
                 WHERE f.ticket_id = k.id AND NOT f.for_cancellation) AS returned_minor
            FROM ticket k JOIN registration r ON r.id = k.registration_id
            WHERE k.registration_id = ANY (cast(:ids AS uuid[]))
            ORDER BY k.registration_id, k.position
            """)
        .param("ids", Parameters.uuids(registrations, Registration::id))
        .query(Registrations::ticketOfRegistration)
        .list()
        .stream()
        .collect(
            groupingBy(
                TicketOfRegistration::registrationId,
                mapping(TicketOfRegistration::ticket, toList())));
  }

  /** A registration with its tickets. */
  RegistrationWithTickets withTickets(Registration registration) {
    return new RegistrationWithTickets(
        registration, tickets(List.of(registration)).getOrDefault(registration.id(), List.of()));
  }

  /** What decides about refunds of a registration, without a lock. */
  RefundConditions refundConditions(UUID id) {
    return jdbc.sql(
            """
            SELECT e.status, e.starts_at, e.ends_at, e.mode, e.venue, r.event_starts_at,
                r.refund_policy, m.from_starts_at, m.from_ends_at, m.from_mode, m.from_venue,
                (SELECT max(a.free_until) FROM event_move a
                 WHERE a.event_id = e.id AND a.moved_at >= r.created_at) AS free_until
            FROM registration r JOIN event e ON e.id = r.event_id
            LEFT JOIN LATERAL (
                SELECT * FROM event_move f WHERE f.event_id = e.id AND f.moved_at >= r.created_at
                ORDER BY f.moved_at, f.id LIMIT 1) m ON true
            WHERE r.id = :id
            """)
        .param("id", id)
        .query((row, _) ->
            new RefundConditions(
                Columns.constant(EventStatus.class, row, "status"),
                place(row, ""),
                Columns.instant(row, "event_starts_at"),
                Columns.instantOrNull(row, "from_starts_at") == null
                    ? null
                    : new Moved(place(row, "from_"), Columns.instantOrNull(row, "free_until")),
                Columns.json(RefundPolicy.class, row, "refund_policy")))
        .single();
  }

  private static EventPlace place(ResultSet row, String prefix) throws SQLException {
    return new EventPlace(
        Columns.instant(row, prefix + "starts_at"),
        Columns.instant(row, prefix + "ends_at"),
        Columns.constant(EventMode.class, row, prefix + "mode"),
        row.getString(prefix + "venue"));
  }

  /** Whether the history of a registration has this entry. */
  boolean hasHistoryEntry(UUID id, UUID entryId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM registration_history WHERE registration_id = :id AND id = :entryId)
            """)
        .param("id", id)
        .param("entryId", entryId)
        .query(Boolean.class)
        .single();
  }

  /** Saves locked registrations as their transitions have made them, with their history. */
  void save(Collection<Transition> transitions) {
    jdbc.sql(
            """
            WITH transition AS (
                SELECT * FROM unnest(cast(:ids AS uuid[]), cast(:statuses AS text[]),
                    cast(:paymentIds AS uuid[]), cast(:holdExpiresAts AS timestamptz[]),
                    cast(:holdExtendedFroms AS timestamptz[]), cast(:retriesGiven AS boolean[]),
                    cast(:confirmedAts AS timestamptz[]),
                    cast(:expiredAts AS timestamptz[]), cast(:cancelledAts AS timestamptz[]),
                    cast(:historyIds AS uuid[]), cast(:occurredAts AS timestamptz[]),
                    cast(:fromStatuses AS text[]), cast(:triggers AS text[]),
                    cast(:triggeringPaymentIds AS uuid[]), cast(:causes AS text[]),
                    cast(:reasons AS text[]))
                    AS t (id, status, payment_id, hold_expires_at, hold_extended_from,
                        hold_retry_given, confirmed_at, expired_at, cancelled_at, history_id, occurred_at, from_status, trigger,
                        triggering_payment_id, cause, reason)
            ), saved AS (
                UPDATE registration r
                SET status = t.status, payment_id = t.payment_id,
                    hold_expires_at = t.hold_expires_at, hold_extended_from = t.hold_extended_from,
                    hold_retry_given = t.hold_retry_given,
                    confirmed_at = t.confirmed_at, expired_at = t.expired_at,
                    cancelled_at = t.cancelled_at
                FROM transition t WHERE r.id = t.id
            ), paid AS (
                UPDATE hold_origin o SET paid = true FROM transition t
                WHERE o.registration_id = t.id AND t.status = 'confirmed'
            )
            INSERT INTO registration_history
                (registration_id, id, occurred_at, from_status, trigger, to_status, payment_id,
                    cause, reason)
            SELECT id, history_id, occurred_at, from_status, trigger, status, triggering_payment_id,
                cause, reason
            FROM transition
            """)
        .param("ids", Parameters.uuids(transitions, each -> each.registration().id()))
        .param("statuses", Parameters.constants(transitions, each -> each.registration().status()))
        .param("paymentIds", Parameters.uuids(transitions, each -> each.registration().paymentId()))
        .param(
            "holdExpiresAts",
            Parameters.instants(transitions, each -> each.registration().holdExpiresAt()))
        .param(
            "holdExtendedFroms",
            Parameters.instants(transitions, each -> each.registration().holdExtendedFrom()))
        .param(
            "retriesGiven",
            Parameters.texts(
                transitions, each -> Boolean.toString(each.registration().isRetryGiven())))
        .param(
            "confirmedAts",
            Parameters.instants(transitions, each -> each.registration().confirmedAt()))
        .param(
            "expiredAts", Parameters.instants(transitions, each -> each.registration().expiredAt()))
        .param(
            "cancelledAts",
            Parameters.instants(transitions, each -> each.registration().cancelledAt()))
        .param("historyIds", Parameters.uuids(transitions, Transition::id))
        .param("occurredAts", Parameters.instants(transitions, Transition::occurredAt))
        .param("fromStatuses", Parameters.constants(transitions, Transition::from))
        .param("triggers", Parameters.constants(transitions, Transition::trigger))
        .param("triggeringPaymentIds", Parameters.uuids(transitions, Transition::paymentId))
        .param("causes", Parameters.constants(transitions, Transition::cause))
        .param("reasons", Parameters.texts(transitions, Transition::reason))
        .update();
  }

  /** Saves tickets of locked registrations that are cancelled. */
  void cancelTickets(Collection<CancelledTicket> tickets, Instant now) {
    jdbc.sql(
            """
            UPDATE ticket k
            SET status = c.status, cancelled_at = :now, refund_minor = c.refund_minor
            FROM unnest(cast(:ids AS uuid[]), cast(:statuses AS text[]), cast(:refunds AS bigint[]))
                AS c (id, status, refund_minor)
            WHERE k.id = c.id
            """)
        .param("now", Parameters.instant(now))
        .param("ids", Parameters.uuids(tickets, CancelledTicket::id))
        .param("statuses", Parameters.constants(tickets, CancelledTicket::status))
        .param("refunds", Parameters.bigints(tickets, each -> each.refund().amountMinor()))
        .update();
  }

  private Set<UUID> refundedPayments(UUID registrationId) {
    return jdbc
        .sql("SELECT payment_id FROM refund_request WHERE registration_id = :registrationId")
        .param("registrationId", registrationId)
        .query(UUID.class)
        .list()
        .stream()
        .collect(toUnmodifiableSet());
  }

  private static Placing placing(ResultSet row) throws SQLException {
    if (row.getBoolean("placed")) {
      return Placing.PLACED;
    }
    if (!row.getBoolean("event_guard")) {
      return Placing.NO_PLACE_OR_CHANGED;
    }
    if (!row.getBoolean("ticket_type_guard")) {
      return Placing.NO_PLACE_OF_TYPE;
    }
    if (!row.getBoolean("account_guard")) {
      return Placing.ACCOUNT_LIMIT_REACHED;
    }
    if (!row.getBoolean("hold_guard")) {
      return Placing.HOLD_LIMIT_REACHED;
    }
    if (!row.getBoolean("promo_code_guard")) {
      return Placing.NO_USE_OF_PROMO_CODE;
    }
    return row.getBoolean("promo_code_account_guard")
        ? Placing.PLACED_BEFORE
        : Placing.PROMO_ACCOUNT_LIMIT_REACHED;
  }

  private static Registration registration(ResultSet row, int number) throws SQLException {
    return new Registration(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "event_id"),
        Columns.uuid(row, "organization_id"),
        Columns.uuid(row, "account_id"),
        Columns.constant(RegistrationStatus.class, row, "status"),
        Columns.money(row, "total_minor"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.instant(row, "created_at"),
        hold(row),
        Columns.instantOrNull(row, "confirmed_at"),
        Columns.instantOrNull(row, "expired_at"),
        Columns.instantOrNull(row, "cancelled_at"),
        Set.of());
  }

  private static @Nullable Hold hold(ResultSet row) throws SQLException {
    Instant expiresAt = Columns.instantOrNull(row, "hold_expires_at");
    return expiresAt == null
        ? null
        : new Hold(
            expiresAt,
            Columns.instantOrNull(row, "hold_extended_from"),
            row.getBoolean("hold_retry_given"));
  }

  private static TicketOfRegistration ticketOfRegistration(ResultSet row, int number)
      throws SQLException {
    return new TicketOfRegistration(
        Columns.uuid(row, "registration_id"),
        new Ticket(
            Columns.uuid(row, "id"),
            Columns.uuid(row, "ticket_type_id"),
            Columns.money(row, "total_minor"),
            Columns.money(row, "returned_minor"),
            Columns.constant(TicketStatus.class, row, "status")));
  }
}
