package io.cpdevents.registration.quotas;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about quotas, except for taking their places. Whoever writes has locked the event. */
@Component
class Quotas {

  private static final String SELECT =
      """
      SELECT q.*, ARRAY(
          SELECT qt.ticket_type_id FROM quota_ticket_type qt
              JOIN ticket_type t ON t.id = qt.ticket_type_id
          WHERE qt.quota_id = q.id ORDER BY t.created_at, t.id) AS ticket_type_ids
      FROM quota q
      """;

  private final JdbcClient jdbc;

  Quotas(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Quota> find(UUID id) {
    return jdbc.sql(SELECT + "WHERE q.id = :id").param("id", id).query(Quotas::quota).optional();
  }

  /** The quotas of an event, the oldest first. */
  List<Quota> ofEvent(UUID eventId) {
    return jdbc.sql(SELECT + "WHERE q.event_id = :eventId ORDER BY q.created_at, q.id")
        .param("eventId", eventId)
        .query(Quotas::quota)
        .list();
  }

  /** Whose an event is; empty when there is none. */
  Optional<UUID> organizationOf(UUID eventId) {
    return jdbc.sql("SELECT organization_id FROM event WHERE id = :eventId")
        .param("eventId", eventId)
        .query(UUID.class)
        .optional();
  }

  /** How many of these ticket types the event has. */
  int countTicketTypes(UUID eventId, List<UUID> ids) {
    return jdbc.sql(
            """
            SELECT count(*) FROM ticket_type
            WHERE event_id = :eventId AND id = ANY (cast(:ids AS uuid[]))
            """)
        .param("eventId", eventId)
        .param("ids", Parameters.uuids(ids, Function.identity()))
        .query(Integer.class)
        .single();
  }

  /**
   * Saves a quota of a locked event with what its ticket types have taken by now.
   *
   * @return false when they have taken more than it would have
   */
  boolean save(Quota quota) {
    QuotaTerms terms = quota.terms();
    int saved =
        jdbc.sql(
                """
                INSERT INTO quota AS q (id, event_id, version, name, capacity, taken, created_at)
                SELECT :id, :eventId, :version, :name, :capacity, t.taken, :createdAt
                FROM (SELECT coalesce(sum(taken), 0) AS taken FROM ticket_type
                      WHERE id = ANY (cast(:ticketTypeIds AS uuid[]))) t
                WHERE t.taken <= :capacity
                ON CONFLICT (id) DO UPDATE
                SET version = excluded.version, name = excluded.name,
                    capacity = excluded.capacity, taken = excluded.taken
                """)
            .param("id", quota.id())
            .param("eventId", quota.eventId())
            .param("version", quota.version())
            .param("name", terms.name())
            .param("capacity", terms.capacity())
            .param("createdAt", Parameters.instant(quota.createdAt()))
            .param("ticketTypeIds", Parameters.uuids(terms.ticketTypeIds(), Function.identity()))
            .update();
    if (saved == 1) {
      saveTicketTypes(quota);
    }
    return saved == 1;
  }

  private void saveTicketTypes(Quota quota) {
    jdbc.sql(
            """
            DELETE FROM quota_ticket_type
            WHERE quota_id = :id AND ticket_type_id <> ALL (cast(:ticketTypeIds AS uuid[]))
            """)
        .param("id", quota.id())
        .param(
            "ticketTypeIds", Parameters.uuids(quota.terms().ticketTypeIds(), Function.identity()))
        .update();
    jdbc.sql(
            """
            INSERT INTO quota_ticket_type (quota_id, ticket_type_id)
            SELECT :id, unnest(cast(:ticketTypeIds AS uuid[]))
            ON CONFLICT DO NOTHING
            """)
        .param("id", quota.id())
        .param(
            "ticketTypeIds", Parameters.uuids(quota.terms().ticketTypeIds(), Function.identity()))
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("DELETE FROM quota WHERE id = :id").param("id", id).update();
  }

  /**
   * How many events on sale, ticket types and quotas of them count other places than are held,
   * confirmed or offered.
   */
  int countDifferences(Instant now) {
    return jdbc.sql(
            """
            WITH live AS (
                SELECT k.ticket_type_id, count(*) AS places
                FROM event e
                    JOIN registration r ON r.event_id = e.id AND r.status IN ('held', 'confirmed')
                    JOIN ticket k ON k.registration_id = r.id AND k.status = 'valid'
                WHERE e.status = 'published' AND e.ends_at > :now
                GROUP BY k.ticket_type_id
            ), offered AS (
                SELECT k.ticket_type_id, sum(k.quantity) AS places
                FROM waitlist_entry w JOIN waitlist_ticket k ON k.entry_id = w.id
                WHERE w.status = 'offered'
                GROUP BY k.ticket_type_id
            ), of_types AS (
                SELECT t.id, t.event_id, t.taken,
                    coalesce(l.places, 0) + coalesce(o.places, 0) AS places
                FROM event e JOIN ticket_type t ON t.event_id = e.id
                    LEFT JOIN live l ON l.ticket_type_id = t.id
                    LEFT JOIN offered o ON o.ticket_type_id = t.id
                WHERE e.status = 'published' AND e.ends_at > :now
            )
            SELECT (SELECT count(*) FROM of_types WHERE taken <> places)
                + (SELECT count(*) FROM event e
                   WHERE e.status = 'published' AND e.ends_at > :now AND e.taken <> (
                       SELECT coalesce(sum(places), 0) FROM of_types o WHERE o.event_id = e.id))
                + (SELECT count(*) FROM quota q JOIN event e ON e.id = q.event_id
                   WHERE e.status = 'published' AND e.ends_at > :now AND q.taken <> (
                       SELECT coalesce(sum(o.places), 0)
                       FROM quota_ticket_type qt JOIN of_types o ON o.id = qt.ticket_type_id
                       WHERE qt.quota_id = q.id))
            """)
        .param("now", Parameters.instant(now))
        .query(Integer.class)
        .single();
  }

  private static Quota quota(ResultSet row, int number) throws SQLException {
    return new Quota(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "event_id"),
        row.getLong("version"),
        new QuotaTerms(
            row.getString("name"),
            row.getInt("capacity"),
            Arrays.asList((UUID[]) row.getArray("ticket_type_ids").getArray())),
        row.getInt("taken"),
        Columns.instant(row, "created_at"));
  }
}
