package io.cpdevents.registration.events;

import static java.util.stream.Collectors.groupingBy;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about ticket types, except for taking their places. Whoever writes has locked the event.
 */
@Component
class TicketTypes {

  private static final String SELECT =
      """
      SELECT t.*, e.currency, (
          SELECT min(q.capacity - q.taken)
          FROM quota_ticket_type qt JOIN quota q ON q.id = qt.quota_id
          WHERE qt.ticket_type_id = t.id) AS shared_left
      FROM ticket_type t JOIN event e ON e.id = t.event_id
      """;

  private final JdbcClient jdbc;

  TicketTypes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Saves a new ticket type.
   *
   * @return false when the same request has come before and saved it
   */
  boolean insert(TicketType ticketType) {
    TicketTypeTerms terms = ticketType.terms();
    return jdbc.sql(
                """
                INSERT INTO ticket_type (id, event_id, version, name, price_minor, quota,
                    sale_opens_at, sale_closes_at, min_per_registration, max_per_registration,
                    hidden, access_codes, created_at)
                VALUES (:id, :eventId, :version, :name, :priceMinor, :quota, :saleOpensAt,
                    :saleClosesAt, :min, :max, :hidden,
                    cast(:accessCodes AS text[]), :createdAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", ticketType.id())
            .param("eventId", ticketType.eventId())
            .param("version", ticketType.version())
            .param("name", terms.name())
            .param("priceMinor", terms.price().amountMinor())
            .param("quota", Parameters.integer(terms.quota()))
            .param("saleOpensAt", Parameters.instant(terms.saleOpensAt()))
            .param("saleClosesAt", Parameters.instant(terms.saleClosesAt()))
            .param("min", terms.min())
            .param("max", terms.max())
            .param("hidden", terms.isHidden())
            .param("accessCodes", accessCodes(terms))
            .param("createdAt", Parameters.instant(ticketType.createdAt()))
            .update()
        == 1;
  }

  /**
   * Saves a ticket type that was changed.
   *
   * @return false when more places are taken than it would have
   */
  boolean update(TicketType ticketType) {
    TicketTypeTerms terms = ticketType.terms();
    return jdbc.sql(
                """
                UPDATE ticket_type
                SET version = :version, name = :name, price_minor = :priceMinor, quota = :quota,
                    sale_opens_at = :saleOpensAt, sale_closes_at = :saleClosesAt,
                    min_per_registration = :min, max_per_registration = :max,
                    hidden = :hidden, access_codes = cast(:accessCodes AS text[])
                WHERE id = :id AND (cast(:quota AS integer) IS NULL OR taken <= :quota)
                """)
            .param("id", ticketType.id())
            .param("version", ticketType.version())
            .param("name", terms.name())
            .param("priceMinor", terms.price().amountMinor())
            .param("quota", Parameters.integer(terms.quota()))
            .param("saleOpensAt", Parameters.instant(terms.saleOpensAt()))
            .param("saleClosesAt", Parameters.instant(terms.saleClosesAt()))
            .param("min", terms.min())
            .param("max", terms.max())
            .param("hidden", terms.isHidden())
            .param("accessCodes", accessCodes(terms))
            .update()
        == 1;
  }

  /**
   * Removes a ticket type.
   *
   * @return false when tickets of it exist, or somebody waits for some or has
   */
  boolean delete(UUID id) {
    return jdbc.sql(
                """
                DELETE FROM ticket_type t
                WHERE t.id = :id AND NOT EXISTS (
                    SELECT FROM ticket k WHERE k.ticket_type_id = t.id)
                  AND NOT EXISTS (SELECT FROM waitlist_ticket w WHERE w.ticket_type_id = t.id)
                """)
            .param("id", id)
            .update()
        == 1;
  }

  Optional<TicketType> find(UUID id) {
    return jdbc.sql(
            SELECT
                + """
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
            SELECT
                + """
                WHERE t.event_id = ANY (cast(:eventIds AS uuid[]))
                ORDER BY t.event_id, t.created_at, t.id
                """)
        .param("eventIds", Parameters.uuids(eventIds, Function.identity()))
        .query(TicketTypes::ticketType)
        .list()
        .stream()
        .collect(groupingBy(TicketType::eventId));
  }

  /**
   * The hidden ticket types of an event that a code opens, in the order in which they were added.
   */
  List<TicketType> behind(UUID eventId, String accessCode) {
    return jdbc.sql(
            SELECT
                + """
                WHERE t.event_id = :eventId AND t.hidden AND :accessCode = ANY (t.access_codes)
                ORDER BY t.created_at, t.id
                """)
        .param("eventId", eventId)
        .param("accessCode", accessCode)
        .query(TicketTypes::ticketType)
        .list();
  }

  private static TicketType ticketType(ResultSet row, int number) throws SQLException {
    return new TicketType(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "event_id"),
        row.getLong("version"),
        new TicketTypeTerms(
            row.getString("name"),
            Columns.money(row, "price_minor"),
            Columns.integerOrNull(row, "quota"),
            Columns.instantOrNull(row, "sale_opens_at"),
            Columns.instantOrNull(row, "sale_closes_at"),
            row.getInt("min_per_registration"),
            row.getInt("max_per_registration"),
            row.getBoolean("hidden"),
            accessCodes(row)),
        row.getInt("taken"),
        Columns.integerOrNull(row, "shared_left"),
        Columns.instant(row, "created_at"));
  }

  private static String @Nullable [] accessCodes(TicketTypeTerms terms) {
    Set<String> codes = terms.accessCodes();
    return codes == null ? null : codes.toArray(String[]::new);
  }

  private static @Nullable Set<String> accessCodes(ResultSet row) throws SQLException {
    Array codes = row.getArray("access_codes");
    return codes == null ? null : Set.of((String[]) codes.getArray());
  }
}
