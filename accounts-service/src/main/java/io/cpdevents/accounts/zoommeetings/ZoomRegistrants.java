package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about registrants of meetings at Zoom and the tickets that they have. */
@Component
class ZoomRegistrants {

  /**
   * A registrant with whom something is to be done, at a meeting of an organization that is
   * connected.
   *
   * @param meetingUserId whose the meeting is at Zoom
   */
  record Due(
      UUID id, Instant dueAt, UUID eventId, long meetingId, String meetingUserId, Host host) {}

  /** As many as registration-service is asked about at once. */
  private static final int MAX_REGISTRATIONS = 50;

  private static final String SELECT =
      """
      SELECT id, event_id, address_sha256, status, zoom_registrant_id, attempted
        FROM zoom_registrant
      """;

  private final JdbcClient jdbc;

  ZoomRegistrants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is due, a few of each meeting, the longest overdue first. */
  List<Due> due(Instant now, int rowsOfEach, int batchRows) {
    return jdbc.sql(
            """
            SELECT r.id AS registrant_id, r.due_at, m.event_id, m.zoom_meeting_id,
                   m.zoom_user_id AS meeting_user_id, c.id, c.organization_id, c.zoom_user_id,
                   c.connected_by
              FROM zoom_connection c
              JOIN zoom_meeting m ON m.organization_id = c.organization_id
             CROSS JOIN LATERAL (SELECT id, due_at FROM zoom_registrant
                                  WHERE event_id = m.event_id AND due_at <= :now
                                  ORDER BY due_at LIMIT :rowsOfEach) r
             WHERE c.status = 'connected' AND m.status = 'present' AND m.ends_at > :now
             ORDER BY r.due_at
             LIMIT :batchRows
            """)
        .param("now", Parameters.instant(now))
        .param("rowsOfEach", rowsOfEach)
        .param("batchRows", batchRows)
        .query((row, _) ->
            new Due(
                Columns.uuid(row, "registrant_id"),
                Columns.instant(row, "due_at"),
                Columns.uuid(row, "event_id"),
                row.getLong("zoom_meeting_id"),
                row.getString("meeting_user_id"),
                Hosts.of(row)))
        .list();
  }

  Optional<ZoomRegistrant> lock(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(ZoomRegistrants::registrant)
        .optional();
  }

  /** Locks it if it is still due since then. */
  Optional<ZoomRegistrant> lockDue(UUID id, Instant dueAt) {
    return jdbc.sql(SELECT + "WHERE id = :id AND due_at = :dueAt FOR UPDATE")
        .param("id", id)
        .param("dueAt", Parameters.instant(dueAt))
        .query(ZoomRegistrants::registrant)
        .optional();
  }

  List<ZoomRegistrant> lockAllOf(UUID eventId) {
    return jdbc.sql(SELECT + "WHERE event_id = :eventId ORDER BY id FOR UPDATE")
        .param("eventId", eventId)
        .query(ZoomRegistrants::registrant)
        .list();
  }

  /** The registrant with this address, made if there is none. */
  UUID provide(UUID eventId, AddressDigest address, Instant now) {
    jdbc.sql(
            """
            INSERT INTO zoom_registrant (id, event_id, address_sha256, status, due_at)
            VALUES (:id, :eventId, :address, :status, :now)
            ON CONFLICT (event_id, address_sha256) DO NOTHING
            """)
        .param("id", Ids.next())
        .param("eventId", eventId)
        .param("address", Parameters.bytes(address.bytes()))
        .param("status", Parameters.constant(ZoomRegistrantStatus.ADDING))
        .param("now", Parameters.instant(now))
        .update();
    return jdbc.sql(
            """
            SELECT id FROM zoom_registrant WHERE event_id = :eventId AND address_sha256 = :address
            """)
        .param("eventId", eventId)
        .param("address", Parameters.bytes(address.bytes()))
        .query(UUID.class)
        .single();
  }

  /** Saves it as something that has just gone well; what is removed loses its row. */
  void save(ZoomRegistrant registrant, @Nullable Instant dueAt) {
    if (registrant.status() == ZoomRegistrantStatus.REMOVED) {
      jdbc.sql("DELETE FROM zoom_registrant WHERE id = :id").param("id", registrant.id()).update();
      return;
    }
    jdbc.sql(
            """
            UPDATE zoom_registrant
               SET status = :status, zoom_registrant_id = :idAtZoom, attempted = :attempted,
                   due_at = :dueAt, failures = 0, failing_since = NULL, failure = NULL
             WHERE id = :id
            """)
        .param("id", registrant.id())
        .param("status", Parameters.constant(registrant.status()))
        .param("idAtZoom", Parameters.text(registrant.idAtZoom()))
        .param("attempted", registrant.attempted())
        .param("dueAt", Parameters.instant(dueAt))
        .update();
  }

  /** Takes what is due for a while: until then nobody else does it. */
  void claim(UUID id, boolean attempted, Instant until) {
    jdbc.sql("UPDATE zoom_registrant SET attempted = :attempted, due_at = :until WHERE id = :id")
        .param("id", id)
        .param("attempted", attempted)
        .param("until", Parameters.instant(until))
        .update();
  }

  /**
   * How often it has failed in a row, this time included; empty when it is gone.
   *
   * @param reason what Zoom said; null when it was not asked: what waits for a token is told by the
   *     connection
   */
  Optional<Integer> countFailure(UUID id, @Nullable String reason, Instant now) {
    return jdbc.sql(
            """
            UPDATE zoom_registrant
               SET failures = failures + 1, failure = :reason,
                   failing_since = CASE WHEN CAST(:reason AS text) IS NOT NULL THEN coalesce(failing_since, :now) END
             WHERE id = :id
            RETURNING failures
            """)
        .param("id", id)
        .param("reason", Parameters.text(reason))
        .param("now", Parameters.instant(now))
        .query(Integer.class)
        .optional();
  }

  /** Puts off what was claimed until then, unless something has happened since. */
  void putOff(UUID id, Instant claimedUntil, Instant dueAt) {
    jdbc.sql("UPDATE zoom_registrant SET due_at = :dueAt WHERE id = :id AND due_at = :claimedUntil")
        .param("id", id)
        .param("claimedUntil", Parameters.instant(claimedUntil))
        .param("dueAt", Parameters.instant(dueAt))
        .update();
  }

  /** The registrants that tickets of a registration have. */
  List<UUID> ofRegistration(UUID registrationId) {
    return jdbc.sql("SELECT DISTINCT registrant_id FROM zoom_ticket WHERE registration_id = :id")
        .param("id", registrationId)
        .query((row, _) -> Columns.uuid(row, "registrant_id"))
        .list();
  }

  /** Registrations whose tickets a registrant has; of very many, some. */
  List<UUID> registrationsOf(UUID registrantId) {
    return jdbc.sql(
            """
            SELECT DISTINCT registration_id FROM zoom_ticket WHERE registrant_id = :id LIMIT :max
            """)
        .param("id", registrantId)
        .param("max", MAX_REGISTRATIONS)
        .query((row, _) -> Columns.uuid(row, "registration_id"))
        .list();
  }

  boolean hasTickets(UUID registrantId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM zoom_ticket WHERE registrant_id = :id)")
        .param("id", registrantId)
        .query(Boolean.class)
        .single();
  }

  /** Forgets the tickets of a registration that it has no more. */
  void removeTicketsExcept(UUID registrationId, Collection<UUID> ticketIds) {
    jdbc.sql(
            """
            DELETE FROM zoom_ticket
             WHERE registration_id = :id AND NOT (ticket_id = ANY (cast(:ticketIds AS uuid[])))
            """)
        .param("id", registrationId)
        .param("ticketIds", Parameters.uuids(ticketIds, Function.identity()))
        .update();
  }

  /** A ticket is that of a registrant. */
  void setTicket(UUID ticketId, UUID registrationId, UUID registrantId) {
    jdbc.sql(
            """
            INSERT INTO zoom_ticket (ticket_id, registration_id, registrant_id)
            VALUES (:ticketId, :registrationId, :registrantId)
            ON CONFLICT (ticket_id) DO UPDATE SET registrant_id = excluded.registrant_id
            """)
        .param("ticketId", ticketId)
        .param("registrationId", registrationId)
        .param("registrantId", registrantId)
        .update();
  }

  void removeAllOf(UUID eventId) {
    jdbc.sql("DELETE FROM zoom_registrant WHERE event_id = :eventId")
        .param("eventId", eventId)
        .update();
  }

  /** Forgets those of whom Zoom was not told, or was not told that they have no ticket any more. */
  void removeNotPresentOf(UUID eventId) {
    jdbc.sql("DELETE FROM zoom_registrant WHERE event_id = :eventId AND status <> 'present'")
        .param("eventId", eventId)
        .update();
  }

  private static ZoomRegistrant registrant(ResultSet row, int index) throws SQLException {
    return new ZoomRegistrant(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "event_id"),
        AddressDigest.ofBytes(row.getBytes("address_sha256")),
        Columns.constant(ZoomRegistrantStatus.class, row, "status"),
        row.getString("zoom_registrant_id"),
        row.getBoolean("attempted"));
  }
}
