package io.cpdevents.registration.events;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about moves of events, and about telling those who had registered. */
@Component
class EventMoves {

  /** What is told together, locked. */
  record Notice(UUID id, UUID eventId) {}

  /**
   * Somebody who has to be told, if the event is not as they know it by now.
   *
   * @param known when and where it was to take place as the buyer knows it
   * @param freeUntil the end of the time in which a cancellation is free; null when there is none
   */
  record Informed(
      UUID registrationId, UUID accountId, EventPlace known, @Nullable Instant freeUntil) {}

  private final JdbcClient jdbc;

  EventMoves(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The notice with which a further change of a locked event is told; empty when it has to be
   * another one. A notice that is locked is being told at this moment.
   */
  Optional<UUID> openNotice(UUID eventId, Instant now) {
    return jdbc.sql(
            """
            SELECT id FROM event_move_notice
            WHERE event_id = :eventId AND told_at IS NULL AND after_id IS NULL AND tell_at > :now
            ORDER BY tell_at LIMIT 1
            FOR UPDATE SKIP LOCKED
            """)
        .param("eventId", eventId)
        .param("now", Parameters.instant(now))
        .query((row, _) -> Columns.uuid(row, "id"))
        .optional();
  }

  void addNotice(UUID id, UUID eventId, Instant tellAt) {
    jdbc.sql(
            """
            INSERT INTO event_move_notice (id, event_id, tell_at) VALUES (:id, :eventId, :tellAt)
            """)
        .param("id", id)
        .param("eventId", eventId)
        .param("tellAt", Parameters.instant(tellAt))
        .update();
  }

  /** What the event was before all the changes since the last one that was not too small. */
  Optional<EventPlace> smallSince(UUID eventId) {
    return jdbc.sql(
            """
            SELECT m.* FROM event_move m
            WHERE m.event_id = :eventId AND m.free_until IS NULL AND NOT EXISTS (
                SELECT FROM event_move f
                WHERE f.event_id = m.event_id AND f.free_until IS NOT NULL
                  AND (f.moved_at, f.id) > (m.moved_at, m.id))
            ORDER BY m.moved_at, m.id LIMIT 1
            """)
        .param("eventId", eventId)
        .query((row, _) -> from(row))
        .optional();
  }

  void add(EventMove move) {
    jdbc.sql(
            """
            INSERT INTO event_move (id, event_id, notice_id, from_starts_at, from_ends_at,
                from_mode, from_venue, moved_at, free_until, begins_again)
            VALUES (:id, :eventId, :noticeId, :fromStartsAt, :fromEndsAt, :fromMode, :fromVenue,
                :movedAt, :freeUntil, :beginsAgain)
            """)
        .param("id", move.id())
        .param("eventId", move.eventId())
        .param("noticeId", move.noticeId())
        .param("fromStartsAt", Parameters.instant(move.from().startsAt()))
        .param("fromEndsAt", Parameters.instant(move.from().endsAt()))
        .param("fromMode", Parameters.constant(move.from().mode()))
        .param("fromVenue", Parameters.text(move.from().venue()))
        .param("movedAt", Parameters.instant(move.movedAt()))
        .param("freeUntil", Parameters.instant(move.freeUntil()))
        .param("beginsAgain", move.beginsAgain())
        .update();
  }

  /** Whether it had begun, and was to begin once more, before. */
  boolean hasBegunAgain(UUID eventId) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM event_move WHERE event_id = :eventId AND begins_again)")
        .param("eventId", eventId)
        .query(Boolean.class)
        .single();
  }

  /** A notice that is due, locked; those that another transaction tells are skipped. */
  Optional<Notice> lockDueNotice(Instant now) {
    return jdbc.sql(
            """
            SELECT id, event_id FROM event_move_notice
            WHERE told_at IS NULL AND tell_at <= :now
            ORDER BY tell_at LIMIT 1
            FOR UPDATE SKIP LOCKED
            """)
        .param("now", Parameters.instant(now))
        .query((row, _) -> new Notice(Columns.uuid(row, "id"), Columns.uuid(row, "event_id")))
        .optional();
  }

  /**
   * The next registrations with places that were made before a change of the notice, locked, the
   * oldest first: each knows what was before the first change after it was made.
   */
  List<Informed> lockInformed(Notice notice, int limit) {
    return jdbc.sql(
            """
            SELECT r.id AS registration_id, r.account_id, m.*,
                (SELECT max(a.free_until) FROM event_move a
                 WHERE a.event_id = r.event_id AND a.moved_at >= r.created_at) AS last_free_until
            FROM event_move_notice n
            JOIN registration r ON r.event_id = n.event_id
            CROSS JOIN LATERAL (
                SELECT f.from_starts_at, f.from_ends_at, f.from_mode, f.from_venue
                FROM event_move f WHERE f.notice_id = n.id AND f.moved_at >= r.created_at
                ORDER BY f.moved_at, f.id LIMIT 1) m
            WHERE n.id = :noticeId AND r.status IN ('held', 'confirmed')
              AND (r.created_at, r.id) > (coalesce(n.after_at, '-infinity'),
                  coalesce(n.after_id, '00000000-0000-0000-0000-000000000000'))
            ORDER BY r.created_at, r.id
            LIMIT :limit
            FOR SHARE OF r
            """)
        .param("noticeId", notice.id())
        .param("limit", limit)
        .query((row, _) ->
            new Informed(
                Columns.uuid(row, "registration_id"),
                Columns.uuid(row, "account_id"),
                from(row),
                Columns.instantOrNull(row, "last_free_until")))
        .list();
  }

  /** Goes on behind a registration. */
  void advance(Notice notice, UUID registrationId) {
    jdbc.sql(
            """
            UPDATE event_move_notice n SET after_at = r.created_at, after_id = r.id
            FROM registration r WHERE n.id = :noticeId AND r.id = :registrationId
            """)
        .param("noticeId", notice.id())
        .param("registrationId", registrationId)
        .update();
  }

  void finish(Notice notice, Instant now) {
    jdbc.sql("UPDATE event_move_notice SET told_at = :now WHERE id = :noticeId")
        .param("noticeId", notice.id())
        .param("now", Parameters.instant(now))
        .update();
  }

  private static EventPlace from(ResultSet row) throws SQLException {
    return new EventPlace(
        Columns.instant(row, "from_starts_at"),
        Columns.instant(row, "from_ends_at"),
        Columns.constant(EventMode.class, row, "from_mode"),
        row.getString("from_venue"));
  }
}
