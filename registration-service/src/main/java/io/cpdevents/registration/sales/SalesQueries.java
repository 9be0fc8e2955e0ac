package io.cpdevents.registration.sales;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.registration.RegistrationProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How events sell. */
@Component
public class SalesQueries {

  private record OwnEvent(UUID organizationId, ZoneId timeZone) {}

  private final JdbcClient jdbc;

  SalesQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What was sold on each day on which something was, in the event's time zone, the first day
   * first; for members of its organization. Days are told apart here and not by the database, which
   * may not know each of our time zones.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public List<SalesDay> byDay(UUID eventId, Caller caller) {
    OwnEvent event =
        jdbc.sql("SELECT organization_id, time_zone FROM event WHERE id = :eventId")
            .param("eventId", eventId)
            .query((row, _) ->
                new OwnEvent(
                    Columns.uuid(row, "organization_id"), ZoneId.of(row.getString("time_zone"))))
            .optional()
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(
        event.organizationId(),
        RegistrationProblem.EVENT_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.FINANCE,
        OrganizationRole.STAFF);
    Map<LocalDate, SalesDay> days = new TreeMap<>();
    jdbc.sql(
            """
            SELECT date_bin('15 minutes', r.confirmed_at, TIMESTAMPTZ '2000-01-01T00:00:00Z') AS at,
                r.currency, count(*) AS registrations, sum(k.tickets) AS tickets,
                sum(k.cancelled) AS cancelled, sum(r.total_minor) AS total_minor
            FROM registration r
            CROSS JOIN LATERAL (
                SELECT count(*) AS tickets, count(*) FILTER (WHERE status = 'cancelled') AS cancelled
                FROM ticket WHERE registration_id = r.id) k
            WHERE r.event_id = :eventId AND r.confirmed_at IS NOT NULL
            GROUP BY at, r.currency
            """)
        .param("eventId", eventId)
        .query((row, _) -> day(row, event.timeZone()))
        .list()
        .forEach(day -> days.merge(day.date(), day, SalesDay::plus));
    return List.copyOf(days.values());
  }

  private static SalesDay day(ResultSet row, ZoneId timeZone) throws SQLException {
    return new SalesDay(
        Columns.instant(row, "at").atZone(timeZone).toLocalDate(),
        row.getInt("registrations"),
        row.getInt("tickets"),
        row.getInt("cancelled"),
        Columns.money(row, "total_minor"));
  }
}
