package io.cpdevents.registration.registrations;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.events.HoldLimits;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.promocodes.PromoCodeStatus;
import io.cpdevents.registration.promocodes.PromoCodeTerms;
import io.cpdevents.registration.registrations.EventOnSale.HoldsOfAccount;
import io.cpdevents.registration.registrations.EventOnSale.TicketTypeOnSale;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads events with their prices and places left, in one statement, without a lock. */
@Component
class EventsOnSale {

  /** How long it is remembered that an account has not paid for a hold. */
  private static final Duration LAPSED_HOLDS_COUNT_TIME = Duration.ofDays(1);

  private final JdbcClient jdbc;

  EventsOnSale(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An event that is published or was cancelled, with those of the wanted ticket types that it has.
   *
   * @param codes what was typed: the promo code is read as well, and hidden ticket types are not
   *     there without theirs
   * @param accountId whose registrations are counted when the event limits them; null: nobody's
   */
  Optional<EventOnSale> find(
      UUID eventId,
      List<TicketQuantity> wanted,
      TypedCodes codes,
      @Nullable UUID accountId,
      Instant now) {
    Optional<EventOnSale> event = read(eventId, wanted, codes, false, accountId, now);
    String promoCode = codes.promoCode();
    return promoCode == null
        ? event
        : event.map(found ->
            promoCode(found.summary().organizationId(), promoCode, accountId)
                .map(found::withPromoCode)
                .orElse(found));
  }

  /**
   * The same for an account to which places were promised: of hidden ticket types too, since they
   * may have been hidden meanwhile.
   */
  Optional<EventOnSale> findPromised(
      UUID eventId, List<TicketQuantity> wanted, UUID accountId, Instant now) {
    return read(eventId, wanted, TypedCodes.NONE, true, accountId, now)
        .map(EventOnSale::asPromised);
  }

  /**
   * Whether an account would hold more of a quota than it may until it pays, of which as much is
   * left. It is asked once the statement that takes places has refused them.
   */
  boolean holdsTooMuchOfQuota(EventOnSale event, List<TicketQuantity> wanted, UUID accountId) {
    HoldLimits limits = event.limits();
    return jdbc.sql(
            """
            WITH wanted AS (
                SELECT qt.quota_id, sum(w.quantity) AS quantity
                FROM unnest(cast(:wantedTypes AS uuid[]), cast(:quantities AS integer[]))
                        AS w (ticket_type_id, quantity)
                    JOIN quota_ticket_type qt ON qt.ticket_type_id = w.ticket_type_id
                GROUP BY qt.quota_id
            )
            SELECT EXISTS (
                SELECT FROM wanted n JOIN quota q ON q.id = n.quota_id
                CROSS JOIN LATERAL (
                    SELECT count(*) AS places
                    FROM registration r
                        JOIN ticket k ON k.registration_id = r.id
                        JOIN quota_ticket_type qt ON qt.ticket_type_id = k.ticket_type_id
                    WHERE r.account_id = :accountId AND r.event_id = q.event_id
                      AND r.status = 'held' AND qt.quota_id = q.id) u
                WHERE q.taken + n.quantity <= q.capacity
                  AND u.places + n.quantity > greatest(:alwaysHeld,
                      ceil((q.capacity - q.taken + u.places) * :maxShareBasisPoints / 10000.0)))
            """)
        .param("wantedTypes", Parameters.uuids(wanted, TicketQuantity::ticketTypeId))
        .param("quantities", Parameters.integers(wanted, TicketQuantity::quantity))
        .param("accountId", accountId)
        .param("alwaysHeld", limits.alwaysHeld(event.smallestOf(wanted)))
        .param("maxShareBasisPoints", limits.maxShareBasisPoints())
        .query(Boolean.class)
        .single();
  }

  private Optional<EventOnSale> read(
      UUID eventId,
      List<TicketQuantity> wanted,
      TypedCodes codes,
      boolean promised,
      @Nullable UUID accountId,
      Instant now) {
    return jdbc.sql(
            """
            SELECT e.*, t.id AS ticket_type_id, t.name, t.price_minor,
                least(t.quota - t.taken, s.places_left) AS ticket_type_places_left,
                s.places_left AS shared_places_left,
                t.sale_opens_at, t.sale_closes_at,
                t.min_per_registration, t.max_per_registration,
                (SELECT count(*) FROM registration r JOIN ticket k ON k.registration_id = r.id
                 WHERE r.account_id = :accountId AND r.event_id = e.id AND r.status = 'held'
                   AND k.ticket_type_id = t.id) AS unpaid_of_type,
                (SELECT u.registrations FROM account_limit_use u
                 WHERE u.event_id = e.id AND u.account_id = :accountId) AS registrations,
                h.open AS open_holds, h.lapsed + l.not_forgiven AS lapsed_holds, h.places AS unpaid_places
            FROM event e
            LEFT JOIN ticket_type t
                ON t.event_id = e.id AND t.id = ANY (cast(:ticketTypeIds AS uuid[]))
                AND (NOT t.hidden OR :promised OR cast(:accessCode AS text) = ANY (t.access_codes))
            CROSS JOIN LATERAL (
                SELECT min(q.capacity - q.taken) AS places_left
                FROM quota_ticket_type qt JOIN quota q ON q.id = qt.quota_id
                WHERE qt.ticket_type_id = t.id) s
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE r.status = 'held') AS open,
                    count(*) FILTER (WHERE r.status = 'expired'
                        AND r.expired_at > :lapsedAfter) AS lapsed,
                    coalesce(sum((SELECT count(*) FROM ticket k WHERE k.registration_id = r.id))
                        FILTER (WHERE r.status = 'held'), 0) AS places
                FROM registration r
                WHERE r.account_id = :accountId AND r.event_id = e.id
                  AND r.status IN ('held', 'expired')) h
            CROSS JOIN LATERAL (
                SELECT greatest(count(*) - 1, 0) AS not_forgiven
                FROM registration r
                WHERE r.account_id = :accountId AND r.event_id = e.id
                  AND r.created_at > :lapsedAfter
                  AND r.status = 'cancelled' AND r.confirmed_at IS NULL) l
            WHERE e.id = :eventId AND e.status IN ('published', 'cancelled')
            """)
        .param("eventId", eventId)
        .param("accountId", Parameters.uuid(accountId))
        .param("promised", promised)
        .param("accessCode", Parameters.text(codes.canonicalAccessCode()))
        .param("lapsedAfter", Parameters.instant(now.minus(LAPSED_HOLDS_COUNT_TIME)))
        .param("ticketTypeIds", Parameters.uuids(wanted, TicketQuantity::ticketTypeId))
        .query(EventsOnSale::eventOnSale);
  }

  private static Optional<EventOnSale> eventOnSale(ResultSet row) throws SQLException {
    if (!row.next()) {
      return Optional.empty();
    }
    EventSummary summary = eventSummary(row, "id");
    boolean cancelled = Columns.constant(EventStatus.class, row, "status") == EventStatus.CANCELLED;
    long version = row.getLong("version");
    Currency currency = Columns.currency(row, "currency");
    int placesLeft = row.getInt("capacity") - row.getInt("taken");
    Integer perAccountLimit = Columns.integerOrNull(row, "per_account_limit");
    int registrations = row.getInt("registrations");
    HoldsOfAccount holds =
        new HoldsOfAccount(
            row.getInt("open_holds"), row.getInt("unpaid_places"), row.getInt("lapsed_holds"));
    HoldLimits holdLimits = Columns.json(HoldLimits.class, row, "hold_limits");
    int holdMinutes = row.getInt("hold_minutes");
    RefundPolicy policy = Columns.json(RefundPolicy.class, row, "refund_policy");
    boolean asksQuestions = row.getInt("questions") > 0;
    Map<UUID, TicketTypeOnSale> ticketTypes = new HashMap<>();
    do {
      UUID id = Columns.uuidOrNull(row, "ticket_type_id");
      if (id != null) {
        ticketTypes.put(id, ticketType(id, row));
      }
    } while (row.next());
    return Optional.of(
        new EventOnSale(
            summary,
            cancelled,
            version,
            currency,
            placesLeft,
            perAccountLimit,
            registrations,
            holds,
            holdLimits,
            holdMinutes,
            policy,
            asksQuestions,
            ticketTypes,
            null));
  }

  private Optional<PromoCodeOnSale> promoCode(
      UUID organizationId, String typed, @Nullable UUID accountId) {
    return jdbc.sql(
            """
            SELECT c.*, u.version, u.max_uses - u.uses AS uses_left,
                u.max_uses_per_account - coalesce(a.uses, 0) AS uses_left_of_account
            FROM promo_code c JOIN promo_code_use u ON u.promo_code_id = c.id
                LEFT JOIN promo_code_account_use a
                    ON a.promo_code_id = c.id AND a.account_id = :accountId
            WHERE c.organization_id = :organizationId AND c.code = :code
            """)
        .param("organizationId", organizationId)
        .param("code", PromoCodeTerms.canonical(typed))
        .param("accountId", Parameters.uuid(accountId))
        .query((row, _) -> promoCode(row))
        .optional();
  }

  private static PromoCodeOnSale promoCode(ResultSet row) throws SQLException {
    return new PromoCodeOnSale(
        Columns.uuid(row, "id"),
        row.getString("code"),
        row.getLong("version"),
        Columns.constant(PromoCodeStatus.class, row, "status") == PromoCodeStatus.ENDED,
        Columns.integerOrNull(row, "percent_off"),
        row.getString("currency") == null ? null : Columns.money(row, "amount_off_minor"),
        Columns.integerOrNull(row, "uses_left"),
        Columns.integerOrNull(row, "uses_left_of_account"),
        Columns.instantOrNull(row, "valid_from"),
        Columns.instantOrNull(row, "valid_until"),
        Columns.uuidsOrNull(row, "event_ids"),
        Columns.uuidsOrNull(row, "ticket_type_ids"));
  }

  private static TicketTypeOnSale ticketType(UUID id, ResultSet row) throws SQLException {
    return new TicketTypeOnSale(
        id,
        row.getString("name"),
        row.getLong("price_minor"),
        Columns.integerOrNull(row, "ticket_type_places_left"),
        Columns.integerOrNull(row, "shared_places_left") != null,
        Columns.instantOrNull(row, "sale_opens_at"),
        Columns.instantOrNull(row, "sale_closes_at"),
        row.getInt("min_per_registration"),
        row.getInt("max_per_registration"),
        row.getInt("unpaid_of_type"));
  }

  /** The event of a row that has the columns of {@code event}. */
  static EventSummary eventSummary(ResultSet row, String idColumn) throws SQLException {
    return new EventSummary(
        Columns.uuid(row, idColumn),
        Columns.uuid(row, "organization_id"),
        row.getString("title"),
        Columns.constant(EventMode.class, row, "mode"),
        Columns.instant(row, "starts_at"),
        Columns.instant(row, "ends_at"),
        row.getString("time_zone"),
        row.getString("venue"));
  }
}
