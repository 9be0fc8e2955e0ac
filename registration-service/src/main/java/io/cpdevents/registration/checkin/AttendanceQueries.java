package io.cpdevents.registration.checkin;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.text.Reference;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.Attendee;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has a ticket, and who of them has come. */
@Component
public class AttendanceQueries {

  private record Row(Cursor cursor, AttendanceView view) {}

  private final JdbcClient jdbc;
  private final CheckIns checkIns;

  AttendanceQueries(JdbcClient jdbc, CheckIns checkIns) {
    this.jdbc = jdbc;
    this.checkIns = checkIns;
  }

  /**
   * Those with a ticket that counts, and those who have come with one that was cancelled since, in
   * the order in which they were booked; for members of the event's organization.
   *
   * @param checkedIn null: all
   * @throws RuleViolation {@code event-not-found} or {@code role-missing}
   */
  public Page<AttendanceView> ofEvent(
      UUID eventId, @Nullable Boolean checkedIn, Caller caller, PageRequest page) {
    requireReader(eventId, caller);
    return Page.of(rows(eventId, checkedIn, page), page, Row::cursor).map(Row::view);
  }

  /** Reads the same, all of it, a few at a time, for somebody who may. */
  public void read(UUID eventId, Consumer<AttendanceView> reader) {
    Optional<Cursor> after = Optional.empty();
    do {
      List<Row> rows = rows(eventId, null, new PageRequest(PageRequest.MAX_PAGE_ROWS, after));
      rows.stream().map(Row::view).forEach(reader);
      after =
          rows.size() <= PageRequest.MAX_PAGE_ROWS
              ? Optional.empty()
              : Optional.of(rows.getLast().cursor());
    } while (after.isPresent());
  }

  /**
   * Asks that somebody may read who comes.
   *
   * @throws RuleViolation {@code event-not-found} or {@code role-missing}
   */
  public void requireReader(UUID eventId, Caller caller) {
    Doors doors =
        checkIns.doors(eventId).orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(
        doors.organizationId(),
        RegistrationProblem.EVENT_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.FINANCE,
        OrganizationRole.STAFF);
  }

  private List<Row> rows(UUID eventId, @Nullable Boolean checkedIn, PageRequest request) {
    KeysetPage page = KeysetPage.ascending("r.created_at", "k.id", request);
    return jdbc.sql(
            """
            SELECT k.*, r.created_at, c.checked_in_at, c.checked_in_by, c.left_at,
                coalesce(c.inside, false) AS inside
            FROM registration r
            JOIN ticket k ON k.registration_id = r.id
            LEFT JOIN check_in c ON c.ticket_id = k.id
            WHERE r.event_id = :eventId
              AND (c.ticket_id IS NOT NULL OR (r.status = 'confirmed' AND k.status = 'valid'))
            """
                + (checkedIn == null
                    ? ""
                    : " AND (c.ticket_id IS NOT NULL) = " + checkedIn.booleanValue())
                + page.condition()
                + page.orderAndLimit())
        .param("eventId", eventId)
        .params(page.parameters())
        .query(AttendanceQueries::row)
        .list();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    UUID registrationId = Columns.uuid(row, "registration_id");
    UUID ticketId = Columns.uuid(row, "id");
    return new Row(
        new Cursor(Columns.instant(row, "created_at"), ticketId),
        new AttendanceView(
            ticketId,
            registrationId,
            Reference.of(registrationId),
            row.getString("ticket_type_name"),
            new Attendee(row.getString("attendee_name"), row.getString("attendee_email")),
            Columns.instantOrNull(row, "checked_in_at"),
            Columns.uuidOrNull(row, "checked_in_by"),
            row.getBoolean("inside"),
            Columns.instantOrNull(row, "left_at")));
  }
}
