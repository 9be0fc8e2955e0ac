package io.cpdevents.registration.events;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.events.EventCancellationView.Refunds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about cancellations of events. Whoever inserts one has locked its event. */
@Component
class EventCancellations {

  private final JdbcClient jdbc;

  EventCancellations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How many registrations of a locked event are held or confirmed. While its row is locked nobody
   * takes places, so their number can only fall.
   */
  int countLiveRegistrations(UUID eventId) {
    return jdbc.sql(
            """
            SELECT count(*) FROM registration
            WHERE event_id = :eventId AND status IN ('held', 'confirmed')
            """)
        .param("eventId", eventId)
        .query(Integer.class)
        .single();
  }

  void insert(EventCancellation cancellation) {
    jdbc.sql(
            """
            INSERT INTO event_cancellation
                (id, event_id, reason, keep_fee_basis_points, registrations, requested_at)
            VALUES (:id, :eventId, :reason, :keepFeeBasisPoints, :registrations, :requestedAt)
            """)
        .param("id", cancellation.id())
        .param("eventId", cancellation.eventId())
        .param("reason", cancellation.reason())
        .param("keepFeeBasisPoints", cancellation.keepFeeBasisPoints())
        .param("registrations", cancellation.registrations())
        .param("requestedAt", Parameters.instant(cancellation.requestedAt()))
        .update();
  }

  Optional<EventCancellation> find(UUID eventId) {
    return jdbc.sql("SELECT * FROM event_cancellation WHERE event_id = :eventId")
        .param("eventId", eventId)
        .query(EventCancellations::cancellation)
        .optional();
  }

  /** Events whose registrations are still being cancelled, the longest under way first. */
  List<UUID> running(int limit) {
    return jdbc.sql(
            """
            SELECT event_id FROM event_cancellation
            WHERE done_at IS NULL
            ORDER BY requested_at
            LIMIT :limit
            """)
        .param("limit", limit)
        .query((row, _) -> Columns.uuid(row, "event_id"))
        .list();
  }

  /** Counts registrations that the job has cancelled. */
  void addCancelled(UUID eventId, int registrations) {
    jdbc.sql(
            """
            UPDATE event_cancellation SET cancelled = cancelled + :registrations
            WHERE event_id = :eventId
            """)
        .param("eventId", eventId)
        .param("registrations", registrations)
        .update();
  }

  /**
   * Ends the cancellation when no registration has places any more. Holds that expired meanwhile
   * needed no cancellation, so they do not count.
   *
   * @return whether it has ended by this
   */
  boolean finish(UUID eventId, Instant now) {
    return jdbc.sql(
                """
                UPDATE event_cancellation c SET done_at = :now, registrations = c.cancelled
                WHERE c.event_id = :eventId AND c.done_at IS NULL AND NOT EXISTS (
                    SELECT FROM registration r
                    WHERE r.event_id = c.event_id AND r.status IN ('held', 'confirmed'))
                """)
            .param("eventId", eventId)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** What has become of the refunds that the cancellation has asked for. */
  Refunds refunds(UUID eventId) {
    return jdbc.sql(
            """
            SELECT count(*) AS requested,
                count(*) FILTER (WHERE status = 'succeeded') AS succeeded,
                count(*) FILTER (WHERE status = 'failed') AS failed,
                count(*) FILTER (WHERE status = 'cancelled') AS called_off
            FROM refund_request
            WHERE event_id = :eventId AND cause = 'event-cancelled'
            """)
        .param("eventId", eventId)
        .query((row, _) ->
            new Refunds(
                row.getInt("requested"),
                row.getInt("succeeded"),
                row.getInt("failed"),
                row.getInt("called_off")))
        .single();
  }

  private static EventCancellation cancellation(ResultSet row, int number) throws SQLException {
    return new EventCancellation(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "event_id"),
        row.getString("reason"),
        row.getInt("keep_fee_basis_points"),
        row.getInt("registrations"),
        row.getInt("cancelled"),
        Columns.instant(row, "requested_at"),
        Columns.instantOrNull(row, "done_at"));
  }
}
