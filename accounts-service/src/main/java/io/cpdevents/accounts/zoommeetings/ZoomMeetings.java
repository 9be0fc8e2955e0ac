package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoommeetings.ZoomMeeting.AtZoom;
import io.cpdevents.accounts.zoommeetings.ZoomMeeting.Terms;
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

/** All SQL about meetings at Zoom. */
@Component
class ZoomMeetings {

  /**
   * A meeting with which something is to be done, of an organization that is connected.
   *
   * @param host for whom it is
   */
  record Due(UUID eventId, Instant dueAt, Host host) {}

  private static final String SELECT =
      """
      SELECT event_id, organization_id, event_version, title, starts_at, ends_at, time_zone, status,
             revision, applied_revision, zoom_meeting_id, zoom_user_id, hosted_by, attempted,
             closed
        FROM zoom_meeting
      """;

  private final JdbcClient jdbc;

  ZoomMeetings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds an event of which nothing is known; one that is known stays as it is. */
  void addUnlessKnown(ZoomMeeting meeting) {
    jdbc.sql(
            """
            INSERT INTO zoom_meeting (event_id, organization_id, event_version, title, starts_at,
                                      ends_at, time_zone, status, revision)
            VALUES (:eventId, :organizationId, :version, :title, :startsAt,
                    :endsAt, :timeZone, :status, :revision)
            ON CONFLICT (event_id) DO NOTHING
            """)
        .param("eventId", meeting.eventId())
        .param("organizationId", meeting.organizationId())
        .param("version", meeting.version())
        .param("title", meeting.terms().title())
        .param("startsAt", Parameters.instant(meeting.terms().startsAt()))
        .param("endsAt", Parameters.instant(meeting.terms().endsAt()))
        .param("timeZone", meeting.terms().timeZone())
        .param("status", Parameters.constant(meeting.status()))
        .param("revision", meeting.revision())
        .update();
  }

  Optional<ZoomMeeting> lock(UUID eventId) {
    return jdbc.sql(SELECT + "WHERE event_id = :eventId FOR UPDATE")
        .param("eventId", eventId)
        .query(ZoomMeetings::meeting)
        .optional();
  }

  /** Whether Zoom has to be told or asked something that this connection alone can. */
  boolean areUnfinished(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                     SELECT FROM zoom_meeting m
                       JOIN zoom_connection c ON c.organization_id = m.organization_id
                                             AND c.status = 'connected'
                      WHERE m.organization_id = :organizationId
                        AND (m.status = 'unwanted'
                             OR (c.zoom_user_id = m.zoom_user_id
                                 AND (m.status = 'present'
                                      OR (m.status = 'over' AND m.report_due_at IS NOT NULL)))))
            """)
        .param("organizationId", organizationId)
        .query(Boolean.class)
        .single();
  }

  /** Locks it if it is still due since then. */
  Optional<ZoomMeeting> lockDue(UUID eventId, Instant dueAt) {
    return jdbc.sql(SELECT + "WHERE event_id = :eventId AND due_at = :dueAt FOR UPDATE")
        .param("eventId", eventId)
        .param("dueAt", Parameters.instant(dueAt))
        .query(ZoomMeetings::meeting)
        .optional();
  }

  /** Saves it as something that has just gone well. */
  void save(ZoomMeeting meeting, @Nullable Instant dueAt) {
    AtZoom atZoom = meeting.atZoom();
    jdbc.sql(
            """
            UPDATE zoom_meeting
               SET event_version = :version, title = :title, starts_at = :startsAt,
                   ends_at = :endsAt, time_zone = :timeZone, status = :status,
                   revision = :revision, applied_revision = :appliedRevision,
                   zoom_meeting_id = :meetingId, zoom_user_id = :userId, hosted_by = :hostedBy,
                   attempted = :attempted,
                   closed = :closed, due_at = :dueAt, failures = 0, failing_since = NULL, failure = NULL
             WHERE event_id = :eventId
            """)
        .param("eventId", meeting.eventId())
        .param("version", meeting.version())
        .param("title", meeting.terms().title())
        .param("startsAt", Parameters.instant(meeting.terms().startsAt()))
        .param("endsAt", Parameters.instant(meeting.terms().endsAt()))
        .param("timeZone", meeting.terms().timeZone())
        .param("status", Parameters.constant(meeting.status()))
        .param("revision", meeting.revision())
        .param("appliedRevision", meeting.appliedRevision())
        .param("meetingId", Parameters.bigint(atZoom == null ? null : atZoom.meetingId()))
        .param("userId", Parameters.text(atZoom == null ? null : atZoom.userId()))
        .param("hostedBy", Parameters.uuid(atZoom == null ? null : atZoom.hostedBy()))
        .param("attempted", meeting.attempted())
        .param("closed", meeting.closed())
        .param("dueAt", Parameters.instant(dueAt))
        .update();
  }

  /** What is due, a few of each organization that is connected, the longest overdue first. */
  List<Due> due(Instant now, int rowsOfEach, int batchRows) {
    return jdbc.sql(
            """
            SELECT m.event_id, m.due_at, c.id, c.organization_id, c.zoom_user_id,
                   c.connected_by
              FROM zoom_connection c
             CROSS JOIN LATERAL (SELECT event_id, due_at FROM zoom_meeting
                                  WHERE organization_id = c.organization_id AND due_at <= :now
                                  ORDER BY due_at LIMIT :rowsOfEach) m
             WHERE c.status = 'connected'
             ORDER BY m.due_at
             LIMIT :batchRows
            """)
        .param("now", Parameters.instant(now))
        .param("rowsOfEach", rowsOfEach)
        .param("batchRows", batchRows)
        .query((row, _) ->
            new Due(Columns.uuid(row, "event_id"), Columns.instant(row, "due_at"), Hosts.of(row)))
        .list();
  }

  /** Takes what is due for a while: until then nobody else does it. */
  void claim(UUID eventId, boolean attempted, Instant until) {
    jdbc.sql(
            """
            UPDATE zoom_meeting SET attempted = :attempted, due_at = :until
             WHERE event_id = :eventId
            """)
        .param("eventId", eventId)
        .param("attempted", attempted)
        .param("until", Parameters.instant(until))
        .update();
  }

  /**
   * How often it has failed in a row, this time included.
   *
   * @param reason what Zoom said; null when it was not asked: what waits for a token is told by the
   *     connection
   */
  int countFailure(UUID eventId, @Nullable String reason, Instant now) {
    return jdbc.sql(
            """
            UPDATE zoom_meeting
               SET failures = failures + 1, failure = :reason,
                   failing_since = CASE WHEN CAST(:reason AS text) IS NOT NULL THEN coalesce(failing_since, :now) END
             WHERE event_id = :eventId
            RETURNING failures
            """)
        .param("eventId", eventId)
        .param("reason", Parameters.text(reason))
        .param("now", Parameters.instant(now))
        .query(Integer.class)
        .single();
  }

  /** Puts off what was claimed until then, unless something has happened since. */
  void putOff(UUID eventId, Instant claimedUntil, Instant dueAt) {
    jdbc.sql(
            """
            UPDATE zoom_meeting SET due_at = :dueAt
             WHERE event_id = :eventId AND due_at = :claimedUntil
            """)
        .param("eventId", eventId)
        .param("claimedUntil", Parameters.instant(claimedUntil))
        .param("dueAt", Parameters.instant(dueAt))
        .update();
  }

  /** Events whose end has passed and that are not closed, locked. */
  List<ZoomMeeting> lockEnded(Instant now, int batchRows) {
    return jdbc.sql(
            SELECT
                + """
                WHERE NOT closed AND ends_at <= :now
                ORDER BY ends_at LIMIT :batchRows FOR UPDATE SKIP LOCKED
                """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .query(ZoomMeetings::meeting)
        .list();
  }

  /** Forgets what a person is called at Zoom whose meetings there are. */
  void forgetHost(UUID accountId) {
    jdbc.sql("UPDATE zoom_meeting SET zoom_user_id = 'erased' WHERE hosted_by = :accountId")
        .param("accountId", accountId)
        .update();
  }

  private static ZoomMeeting meeting(ResultSet row, int index) throws SQLException {
    String userId = row.getString("zoom_user_id");
    return new ZoomMeeting(
        Columns.uuid(row, "event_id"),
        Columns.uuid(row, "organization_id"),
        row.getLong("event_version"),
        new Terms(
            row.getString("title"),
            Columns.instant(row, "starts_at"),
            Columns.instant(row, "ends_at"),
            row.getString("time_zone")),
        Columns.constant(ZoomMeetingStatus.class, row, "status"),
        row.getInt("revision"),
        row.getInt("applied_revision"),
        userId == null
            ? null
            : new AtZoom(row.getLong("zoom_meeting_id"), userId, Columns.uuid(row, "hosted_by")),
        row.getBoolean("attempted"),
        row.getBoolean("closed"));
  }
}
