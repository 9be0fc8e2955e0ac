package io.cpdevents.registration.events;

import static java.util.stream.Collectors.groupingBy;

import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about ticket types, but for taking their places. Writers hold the event's row. */
@Component
class TicketTypes {

  private final JdbcClient jdbc;

  TicketTypes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Saves a new ticket type; nothing happens when a repeat of the request has saved it before. */
  boolean insert(TicketType ticketType) {
    TicketTypeTerms terms = ticketType.terms();
    return jdbc.sql(
                """
                INSERT INTO ticket_type (id, event_id, name, price_minor, quota, sale_opens_at,
                    sale_closes_at, min_per_registration, max_per_registration, created_at)
                VALUES (:id, :eventId, :name, :priceMinor, :quota, :saleOpensAt, :saleClosesAt,
                    :min, :max, :createdAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", ticketType.id())
            .param("eventId", ticketType.eventId())
            .param("name", terms.name())
            .param("priceMinor", terms.price().amountMinor())
            .param("quota", terms.quota(), Types.INTEGER)
            .param(
                "saleOpensAt",
                Columns.utcOrNull(terms.saleOpensAt()),
                Types.TIMESTAMP_WITH_TIMEZONE)
            .param(
                "saleClosesAt",
                Columns.utcOrNull(terms.saleClosesAt()),
                Types.TIMESTAMP_WITH_TIMEZONE)
            .param("min", terms.min())
            .param("max", terms.max())
            .param("createdAt", Columns.utc(ticketType.createdAt()))
            .update()
        == 1;
  }

  /** Saves other terms; false when more places are taken than the new quota. */
  boolean update(UUID id, TicketTypeTerms terms) {
    return jdbc.sql(
                """
                UPDATE ticket_type
                SET name = :name, price_minor = :priceMinor, quota = :quota,
                    sale_opens_at = :saleOpensAt, sale_closes_at = :saleClosesAt,
                    min_per_registration = :min, max_per_registration = :max
                WHERE id = :id AND (cast(:quota AS integer) IS NULL OR taken <= :quota)
                """)
            .param("id", id)
            .param("name", terms.name())
            .param("priceMinor", terms.price().amountMinor())
            .param("quota", terms.quota(), Types.INTEGER)
            .param(
                "saleOpensAt",
                Columns.utcOrNull(terms.saleOpensAt()),
                Types.TIMESTAMP_WITH_TIMEZONE)
            .param(
                "saleClosesAt",
                Columns.utcOrNull(terms.saleClosesAt()),
                Types.TIMESTAMP_WITH_TIMEZONE)
            .param("min", terms.min())
            .param("max", terms.max())
            .update()
        == 1;
  }

  /** Removes a ticket type; false when tickets of it exist. */
  boolean delete(UUID id) {
    return jdbc.sql(
                """
                DELETE FROM ticket_type t
                WHERE t.id = :id AND NOT EXISTS (
                    SELECT FROM ticket k WHERE k.ticket_type_id = t.id)
                """)
            .param("id", id)
            .update()
        == 1;
  }

  Optional<TicketType> find(UUID id) {
    return jdbc.sql(
            """
            SELECT t.*, e.currency
            FROM ticket_type t JOIN event e ON e.id = t.event_id
            WHERE t.id = :id
            """)
        .param("id", id)
        .query(TicketTypes::ticketType)
        .optional();
  }

  int countOf(UUID eventId) {
    return jdbc.sql("SELECT count(*) FROM ticket_type WHERE event_id = :eventId")
        .param("eventId", eventId)
        .query(Integer.class)
        .single();
  }

  /** The ticket types of some events, in the order in which they were added. */
  Map<UUID, List<TicketType>> of(Collection<UUID> eventIds) {
    return jdbc
        .sql(
            """
            SELECT t.*, e.currency
            FROM ticket_type t JOIN event e ON e.id = t.event_id
            WHERE t.event_id = ANY (cast(:eventIds AS uuid[]))
            ORDER BY t.event_id, t.created_at, t.id
            """)
        .param("eventIds", eventIds.toArray(UUID[]::new))
        .query(TicketTypes::ticketType)
        .list()
        .stream()
        .collect(groupingBy(TicketType::eventId));
  }

  private static TicketType ticketType(ResultSet row, int number) throws SQLException {
    return new TicketType(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        new TicketTypeTerms(
            row.getString("name"),
            Money.of(row.getLong("price_minor"), row.getString("currency")),
            row.getObject("quota", Integer.class),
            Columns.instantOrNull(row, "sale_opens_at"),
            Columns.instantOrNull(row, "sale_closes_at"),
            row.getInt("min_per_registration"),
            row.getInt("max_per_registration")),
        row.getInt("taken"),
        Columns.instant(row, "created_at"));
  }
}
