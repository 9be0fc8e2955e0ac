package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.OutboxRow;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.NewRegistration.NewTicket;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import io.cpdevents.registration.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes registrations. */
@Component
class Registrations {

  /** How the one statement that places a registration ended. */
  enum Placing {
    PLACED,
    /** A repeat of the request has placed it before. */
    PLACED_BEFORE,
    /** The event is full, or no longer as it was read. */
    NO_PLACE_OR_CHANGED,
    NO_PLACE_OF_TYPE,
    ACCOUNT_LIMIT_REACHED
  }

  /** The trigger in the history of a registration that was just made. */
  private static final String PLACED_TRIGGER = "placed";

  private final JdbcClient jdbc;

  Registrations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes the places and writes the registration, its tickets, its history and its fact, all or
   * nothing: when it does not say {@link Placing#PLACED}, the caller rolls back.
   *
   * <p>One round trip, because every other registration for the event waits for this row lock. The
   * parts depend on each other, so they lock in a fixed order: the event, then its ticket types,
   * which only the holder of the event's row touches.
   */
  Placing place(NewRegistration wanted, OutboxRow fact) {
    List<NewTicket> tickets = wanted.tickets();
    return jdbc.sql(
            """
            WITH event_guard AS (
                UPDATE event SET taken = taken + :places
                WHERE id = :eventId AND status = 'published' AND version = :version
                  AND taken + :places <= capacity
                RETURNING id, organization_id, refund_policy, per_account_limit
            ), ticket_type_guard AS (
                UPDATE ticket_type t SET taken = t.taken + w.quantity
                FROM event_guard e,
                    unnest(cast(:wantedTypes AS uuid[]), cast(:quantities AS integer[]))
                        AS w (ticket_type_id, quantity)
                WHERE t.id = w.ticket_type_id AND t.event_id = e.id
                  AND (t.quota IS NULL OR t.taken + w.quantity <= t.quota)
                RETURNING t.id
            ), account_guard AS (
                INSERT INTO account_limit_use AS u (event_id, account_id, registrations)
                SELECT e.id, :accountId, 1 FROM event_guard e WHERE e.per_account_limit IS NOT NULL
                ON CONFLICT (event_id, account_id) DO UPDATE
                    SET registrations = u.registrations + 1
                    WHERE u.registrations < (SELECT e.per_account_limit FROM event_guard e)
                RETURNING u.account_id
            ), placed AS (
                INSERT INTO registration (id, event_id, organization_id, account_id, status,
                    currency, price_minor, discount_minor, total_minor, refund_policy, created_at,
                    hold_expires_at, confirmed_at)
                SELECT :id, e.id, e.organization_id, :accountId, :status, :currency, :priceMinor,
                    :discountMinor, :totalMinor, e.refund_policy, :placedAt, :holdExpiresAt,
                    :confirmedAt
                FROM event_guard e
                WHERE (SELECT count(*) FROM ticket_type_guard) = :wantedTypeCount
                  AND (e.per_account_limit IS NULL OR EXISTS (SELECT FROM account_guard))
                ON CONFLICT (id) DO NOTHING
                RETURNING id
            ), with_tickets AS (
                INSERT INTO ticket (id, registration_id, position, ticket_type_id,
                    ticket_type_name, attendee_name, attendee_email, code, price_minor,
                    discount_minor, total_minor)
                SELECT k.id, p.id, k.position, k.ticket_type_id, k.ticket_type_name,
                    k.attendee_name, k.attendee_email, k.code, k.price_minor, 0, k.price_minor
                FROM placed p,
                    unnest(cast(:ticketIds AS uuid[]), cast(:ticketTypeIds AS uuid[]),
                        cast(:ticketTypeNames AS text[]), cast(:names AS text[]),
                        cast(:emails AS text[]), cast(:codes AS text[]),
                        cast(:ticketPrices AS bigint[])) WITH ORDINALITY
                        AS k (id, ticket_type_id, ticket_type_name, attendee_name, attendee_email,
                            code, price_minor, position)
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
                (SELECT count(*) FROM ticket_type_guard) = :wantedTypeCount AS ticket_type_guard,
                EXISTS (SELECT FROM event_guard e WHERE e.per_account_limit IS NULL)
                    OR EXISTS (SELECT FROM account_guard) AS account_guard,
                EXISTS (SELECT FROM placed) AS placed
            """)
        .param("places", tickets.size())
        .param("eventId", wanted.offer().event().id())
        .param("version", wanted.offer().version())
        .param("wantedTypes", uuids(wanted.wishes(), TicketWish::ticketTypeId))
        .param(
            "quantities",
            wanted.wishes().stream().map(TicketWish::quantity).toArray(Integer[]::new))
        .param("wantedTypeCount", wanted.wishes().size())
        .param("accountId", wanted.accountId())
        .param("id", wanted.id())
        .param("status", ContractsJson.kebabCase(wanted.status()))
        .param("currency", wanted.quote().total().currency().getCurrencyCode())
        .param("priceMinor", wanted.quote().price().amountMinor())
        .param("discountMinor", wanted.quote().discount().amountMinor())
        .param("totalMinor", wanted.quote().total().amountMinor())
        .param("placedAt", Columns.utc(wanted.placedAt()))
        .param(
            "holdExpiresAt",
            Columns.utcOrNull(wanted.holdExpiresAt()),
            Types.TIMESTAMP_WITH_TIMEZONE)
        .param(
            "confirmedAt", Columns.utcOrNull(wanted.confirmedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("ticketIds", uuids(tickets, NewTicket::id))
        .param("ticketTypeIds", uuids(tickets, ticket -> ticket.line().ticketTypeId()))
        .param("ticketTypeNames", texts(tickets, ticket -> ticket.line().ticketTypeName()))
        .param("names", texts(tickets, ticket -> ticket.attendee().name()))
        .param("emails", texts(tickets, ticket -> ticket.attendee().email()))
        .param("codes", texts(tickets, NewTicket::code))
        .param(
            "ticketPrices",
            tickets.stream()
                .map(ticket -> ticket.line().ticketPrice().amountMinor())
                .toArray(Long[]::new))
        .param("historyId", Ids.next())
        .param("trigger", PLACED_TRIGGER)
        .param("topic", fact.topic())
        .param("key", fact.key())
        .param("factId", fact.eventId())
        .param("factType", fact.eventType(), Types.VARCHAR)
        .param("payload", fact.payload(), Types.BINARY)
        .param("occurredAt", Columns.utc(fact.occurredAt()))
        .param("traceParent", fact.traceParent(), Types.VARCHAR)
        .query((row, _) -> placing(row))
        .single();
  }

  /** The registration, locked until the transaction ends: lock it before its event. */
  Optional<Registration> lock(UUID id) {
    Optional<Registration> locked =
        jdbc.sql("SELECT * FROM registration WHERE id = :id FOR UPDATE")
            .param("id", id)
            .query(Registrations::registration)
            .optional();
    // Read after the lock: a refund that was asked for meanwhile is seen.
    return locked.map(registration -> registration.withRefunded(refundedPayments(id)));
  }

  /** Holds whose time is over, locked; those that somebody else works on are left to them. */
  List<Registration> lockDueHolds(Instant now, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM registration
            WHERE status = 'held' AND hold_expires_at <= :now
            ORDER BY hold_expires_at
            LIMIT :limit
            FOR UPDATE SKIP LOCKED
            """)
        .param("now", Columns.utc(now))
        .param("limit", limit)
        .query(Registrations::registration)
        .list();
  }

  /** Saves that a locked registration is confirmed by a payment. */
  void confirm(Registration registration, UUID paymentId, Instant now) {
    jdbc.sql(
            """
            UPDATE registration
            SET status = 'confirmed', payment_id = :paymentId, confirmed_at = :now
            WHERE id = :id
            """)
        .param("id", registration.id())
        .param("paymentId", paymentId)
        .param("now", Columns.utc(now))
        .update();
    remember(registration, Trigger.PAYMENT_CAPTURED, RegistrationStatus.CONFIRMED, paymentId, now);
  }

  /** Saves that the money of a payment has to go back; the registration stays as it is. */
  void requestRefund(
      Registration registration, UUID refundId, UUID paymentId, String cause, Instant now) {
    jdbc.sql(
            """
            INSERT INTO refund_request (refund_id, payment_id, registration_id, amount_minor,
                currency, cause, requested_at)
            VALUES (:refundId, :paymentId, :registrationId, :amountMinor, :currency, :cause, :now)
            """)
        .param("refundId", refundId)
        .param("paymentId", paymentId)
        .param("registrationId", registration.id())
        .param("amountMinor", registration.total().amountMinor())
        .param("currency", registration.total().currency().getCurrencyCode())
        .param("cause", cause)
        .param("now", Columns.utc(now))
        .update();
    remember(registration, Trigger.PAYMENT_CAPTURED, registration.status(), paymentId, now);
  }

  /** Saves that locked holds are over. */
  void expire(List<Registration> holds, Instant now) {
    UUID[] ids = uuids(holds, Registration::id);
    jdbc.sql(
            """
            WITH expired AS (
                UPDATE registration SET status = 'expired', expired_at = :now
                WHERE id = ANY (cast(:ids AS uuid[]))
            )
            INSERT INTO registration_history
                (registration_id, id, occurred_at, from_status, trigger, to_status)
            SELECT h.registration_id, h.id, :now, 'held', :trigger, 'expired'
            FROM unnest(cast(:ids AS uuid[]), cast(:historyIds AS uuid[]))
                AS h (registration_id, id)
            """)
        .param("ids", ids)
        .param("historyIds", Stream.generate(Ids::next).limit(ids.length).toArray(UUID[]::new))
        .param("now", Columns.utc(now))
        .param("trigger", ContractsJson.kebabCase(Trigger.HOLD_EXPIRED))
        .update();
  }

  private void remember(
      Registration before, Trigger trigger, RegistrationStatus next, UUID paymentId, Instant now) {
    jdbc.sql(
            """
            INSERT INTO registration_history
                (registration_id, id, occurred_at, from_status, trigger, to_status, payment_id)
            VALUES (:registrationId, :id, :now, :from, :trigger, :to, :paymentId)
            """)
        .param("registrationId", before.id())
        .param("id", Ids.next())
        .param("now", Columns.utc(now))
        .param("from", ContractsJson.kebabCase(before.status()))
        .param("trigger", ContractsJson.kebabCase(trigger))
        .param("to", ContractsJson.kebabCase(next))
        .param("paymentId", paymentId)
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
    return row.getBoolean("account_guard") ? Placing.PLACED_BEFORE : Placing.ACCOUNT_LIMIT_REACHED;
  }

  private static Registration registration(ResultSet row, int number) throws SQLException {
    return new Registration(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        row.getObject("organization_id", UUID.class),
        row.getObject("account_id", UUID.class),
        Columns.constant(RegistrationStatus.class, row, "status"),
        Money.of(row.getLong("total_minor"), row.getString("currency")),
        row.getObject("payment_id", UUID.class),
        Set.of());
  }

  private static <T> UUID[] uuids(List<T> of, Function<T, UUID> id) {
    return of.stream().map(id).toArray(UUID[]::new);
  }

  private static <T> String[] texts(List<T> of, Function<T, String> text) {
    return of.stream().map(text).toArray(String[]::new);
  }
}
