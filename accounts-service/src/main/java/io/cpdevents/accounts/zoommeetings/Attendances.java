package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoommeetings.ZoomRegistrations.KnownAddress;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about who attended meetings, except {@link ZoomAttendanceQueries}. */
@Component
class Attendances {

  /** A meeting about which Zoom's report is to be read. */
  record Due(UUID eventId, Instant dueAt, Instant endsAt, long meetingId, Host host) {}

  /** The ticket of a registrant; of several, the one that was made first. */
  record Holder(UUID ticketId, UUID registrationId, String registrantId, byte[] address) {
    @Override
    public String toString() {
      return ticketId.toString();
    }
  }

  private final JdbcClient jdbc;

  Attendances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The event is over: the report is read when Zoom has it. */
  void schedule(UUID eventId, Instant dueAt) {
    jdbc.sql(
            """
            UPDATE zoom_meeting SET report_due_at = :dueAt
             WHERE event_id = :eventId AND status = 'over' AND report_read_at IS NULL
            """)
        .param("eventId", eventId)
        .param("dueAt", Parameters.instant(dueAt))
        .update();
  }

  /** What is due of organizations that are connected by whoever held the meeting. */
  List<Due> due(Instant now, int batchRows) {
    return jdbc.sql(
            """
            SELECT m.event_id, m.report_due_at, m.ends_at, m.zoom_meeting_id,
                   c.id, c.organization_id, c.zoom_user_id, c.connected_by
              FROM zoom_connection c
              JOIN zoom_meeting m ON m.organization_id = c.organization_id
                                 AND m.zoom_user_id = c.zoom_user_id
             WHERE c.status = 'connected' AND m.status = 'over' AND m.report_due_at <= :now
             ORDER BY m.report_due_at
             LIMIT :batchRows
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .query((row, _) ->
            new Due(
                Columns.uuid(row, "event_id"),
                Columns.instant(row, "report_due_at"),
                Columns.instant(row, "ends_at"),
                row.getLong("zoom_meeting_id"),
                Hosts.of(row)))
        .list();
  }

  /** Puts off what was due until then; answers false when somebody else has since. */
  boolean putOff(UUID eventId, Instant wasDueAt, Instant dueAt) {
    return jdbc.sql(
                """
                UPDATE zoom_meeting SET report_due_at = :dueAt
                 WHERE event_id = :eventId AND status = 'over' AND report_due_at = :wasDueAt
                """)
            .param("eventId", eventId)
            .param("wasDueAt", Parameters.instant(wasDueAt))
            .param("dueAt", Parameters.instant(dueAt))
            .update()
        == 1;
  }

  /** It was read; answers false when it was before, or the event is not over after all. */
  boolean markRead(UUID eventId, Instant now) {
    return jdbc.sql(
                """
                UPDATE zoom_meeting SET report_read_at = :now, report_due_at = NULL
                 WHERE event_id = :eventId AND status = 'over' AND report_read_at IS NULL
                """)
            .param("eventId", eventId)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** Who held tickets when the event ended. */
  List<Holder> holders(UUID eventId) {
    return jdbc.sql(
            """
            SELECT DISTINCT ON (r.id) t.ticket_id, t.registration_id, r.zoom_registrant_id,
                   r.address_sha256
              FROM zoom_registrant r
              JOIN zoom_ticket t ON t.registrant_id = r.id
             WHERE r.event_id = :eventId AND r.status = 'present'
             ORDER BY r.id, t.ticket_id
            """)
        .param("eventId", eventId)
        .query((row, _) ->
            new Holder(
                Columns.uuid(row, "ticket_id"),
                Columns.uuid(row, "registration_id"),
                row.getString("zoom_registrant_id"),
                row.getBytes("address_sha256")))
        .list();
  }

  /**
   * Keeps how long somebody was there.
   *
   * @param attendance null: not at all
   */
  void add(Holder holder, Due meeting, @Nullable Attendance attendance, Instant now) {
    jdbc.sql(
            """
            INSERT INTO zoom_attendance (ticket_id, registration_id, event_id, organization_id,
                                         minutes, joined_at, left_at, read_at, address_sha256)
            VALUES (:ticketId, :registrationId, :eventId, :organizationId,
                    :minutes, :joinedAt, :leftAt, :now, :address)
            """)
        .param("ticketId", holder.ticketId())
        .param("registrationId", holder.registrationId())
        .param("eventId", meeting.eventId())
        .param("organizationId", meeting.host().organizationId())
        .param("minutes", attendance == null ? 0 : attendance.minutes())
        .param("joinedAt", Parameters.instant(attendance == null ? null : attendance.joinedAt()))
        .param("leftAt", Parameters.instant(attendance == null ? null : attendance.leftAt()))
        .param("now", Parameters.instant(now))
        .param("address", Parameters.bytes(holder.address()))
        .update();
  }

  /**
   * Nobody knows any more whose address it was, of meetings that ended while it was the person's.
   */
  void forget(KnownAddress address) {
    jdbc.sql(
            """
            UPDATE zoom_attendance a SET address_sha256 = NULL
              FROM zoom_meeting m
             WHERE m.event_id = a.event_id AND a.address_sha256 = :address
               AND m.ends_at <@ tstzrange(CAST(:since AS timestamptz),
                                          CAST(:until AS timestamptz), '(]')
            """)
        .param("address", Parameters.bytes(AddressDigest.of(address.email()).bytes()))
        .param("since", Parameters.instant(address.since()))
        .param("until", Parameters.instant(address.until()))
        .update();
  }

  /** Reports that nobody could read: nobody is kept for them any longer. */
  List<UUID> giveUpDueBefore(Instant endedBefore, int batchRows) {
    return jdbc.sql(
            """
            UPDATE zoom_meeting SET report_due_at = NULL
             WHERE event_id = ANY (ARRAY(
                   SELECT event_id FROM zoom_meeting
                    WHERE report_due_at IS NOT NULL AND ends_at <= :endedBefore
                    LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            RETURNING event_id
            """)
        .param("endedBefore", Parameters.instant(endedBefore))
        .param("batchRows", batchRows)
        .query((row, _) -> Columns.uuid(row, "event_id"))
        .list();
  }
}
