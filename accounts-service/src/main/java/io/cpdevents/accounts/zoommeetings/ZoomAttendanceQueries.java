package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads who attended meetings at Zoom. */
@Component
public class ZoomAttendanceQueries {

  /**
   * How long whoever holds a ticket was at its event's meeting.
   *
   * @param minutes 0: not at all
   * @param joinedAt when they first came; null when they did not
   * @param leftAt when they last left; null when they did not come
   * @param readAt when Zoom has told
   */
  @Schema(name = "ZoomAttendance")
  public record ZoomAttendanceView(
      UUID ticketId,
      UUID registrationId,
      int minutes,
      @Nullable Instant joinedAt,
      @Nullable Instant leftAt,
      Instant readAt) {}

  private final JdbcClient jdbc;

  ZoomAttendanceQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private void requireEvent(UUID organizationId, UUID eventId) {
    boolean isThere =
        jdbc.sql(
                """
                SELECT EXISTS (SELECT FROM zoom_meeting
                                WHERE event_id = :eventId AND organization_id = :organizationId)
                """)
            .param("eventId", eventId)
            .param("organizationId", organizationId)
            .query(Boolean.class)
            .single();
    if (!isThere) {
      throw AccountsProblem.MEETING_NOT_FOUND.violation();
    }
  }

  /**
   * Those of a published event of an organization; none while Zoom was not asked yet.
   *
   * @throws RuleViolation 404 {@code meeting-not-found} when it has no such event
   */
  public Page<ZoomAttendanceView> of(UUID organizationId, UUID eventId, PageRequest request) {
    requireEvent(organizationId, eventId);
    KeysetPage page = KeysetPage.ascending("read_at", "ticket_id", request);
    List<ZoomAttendanceView> rows =
        jdbc.sql(
                """
                SELECT ticket_id, registration_id, minutes, joined_at, left_at, read_at
                  FROM zoom_attendance
                 WHERE organization_id = :organizationId AND event_id = :eventId
                """
                    + page.condition()
                    + page.orderAndLimit())
            .param("organizationId", organizationId)
            .param("eventId", eventId)
            .params(page.parameters())
            .query((row, _) ->
                new ZoomAttendanceView(
                    Columns.uuid(row, "ticket_id"),
                    Columns.uuid(row, "registration_id"),
                    row.getInt("minutes"),
                    Columns.instantOrNull(row, "joined_at"),
                    Columns.instantOrNull(row, "left_at"),
                    Columns.instant(row, "read_at")))
            .list();
    return Page.of(rows, request, view -> new Cursor(view.readAt(), view.ticketId()));
  }
}
