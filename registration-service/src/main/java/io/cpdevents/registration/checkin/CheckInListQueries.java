package io.cpdevents.registration.checkin;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.checkin.CheckInList.ListedTicket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What scanners take along that may be offline. */
@Component
public class CheckInListQueries {

  private static final int MAX_BATCH_ROWS = 500;

  private static final String LETS_IN =
      """
      FROM registration r
      JOIN event e ON e.id = r.event_id
      JOIN ticket k ON k.registration_id = r.id
      LEFT JOIN check_in c ON c.ticket_id = k.id
      WHERE r.event_id = :eventId AND e.status = 'published'
        AND r.status = 'confirmed' AND k.status = 'valid'
        AND NOT (:disputedAreInvalid AND EXISTS (
            SELECT FROM dispute d
            WHERE d.payment_id = r.payment_id AND d.whole_payment
              AND d.status IN ('open', 'lost')))
      """;

  /**
   * The list but for its tickets.
   *
   * @param tag differs whenever the list does
   */
  public record Head(UUID eventId, Instant opensAt, Instant closesAt, String tag) {}

  private final JdbcClient jdbc;
  private final CheckIns checkIns;
  private final boolean disputedAreInvalid;

  CheckInListQueries(
      JdbcClient jdbc,
      CheckIns checkIns,
      @Value("${cpd.registration.disputed-tickets-are-invalid}") boolean disputedAreInvalid) {
    this.jdbc = jdbc;
    this.checkIns = checkIns;
    this.disputedAreInvalid = disputedAreInvalid;
  }

  /**
   * What the list is like, for those who check in.
   *
   * @throws RuleViolation {@code event-not-found} or {@code role-missing}
   */
  public Head head(UUID eventId, Caller caller) {
    Doors doors =
        checkIns.doors(eventId).orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(
        doors.organizationId(),
        RegistrationProblem.EVENT_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.STAFF);
    String digest =
        jdbc.sql(
                """
                SELECT encode(sha256(convert_to(coalesce(string_agg(
                    concat_ws('|', k.id, k.code, k.attendee_name, k.ticket_type_name,
                        c.checked_in_at, c.inside), ',' ORDER BY k.id), ''), 'UTF8')), 'hex')
                """
                    + LETS_IN)
            .param("eventId", eventId)
            .param("disputedAreInvalid", disputedAreInvalid)
            .query(String.class)
            .single();
    return new Head(
        eventId,
        doors.openAt(),
        doors.closeAt(),
        "%s-%d-%d"
            .formatted(digest, doors.startsAt().getEpochSecond(), doors.endsAt().getEpochSecond()));
  }

  /** Reads the tickets of the list, a few at a time. */
  public void read(Head head, Consumer<ListedTicket> reader) {
    UUID after = null;
    do {
      List<ListedTicket> tickets = tickets(head.eventId(), after);
      tickets.forEach(reader);
      after = tickets.size() < MAX_BATCH_ROWS ? null : tickets.getLast().ticketId();
    } while (after != null);
  }

  private List<ListedTicket> tickets(UUID eventId, @Nullable UUID after) {
    return jdbc.sql(
            """
            SELECT k.id, encode(sha256(convert_to(k.code, 'UTF8')), 'hex') AS code_sha256,
                k.attendee_name, k.ticket_type_name, c.checked_in_at,
                coalesce(c.inside, false) AS inside
            """
                + LETS_IN
                + """
                  AND (cast(:after AS uuid) IS NULL OR k.id > :after)
                ORDER BY k.id LIMIT :rows
                """)
        .param("eventId", eventId)
        .param("disputedAreInvalid", disputedAreInvalid)
        .param("after", Parameters.uuid(after))
        .param("rows", MAX_BATCH_ROWS)
        .query(CheckInListQueries::ticket)
        .list();
  }

  private static ListedTicket ticket(ResultSet row, int number) throws SQLException {
    return new ListedTicket(
        Columns.uuid(row, "id"),
        row.getString("code_sha256"),
        row.getString("attendee_name"),
        row.getString("ticket_type_name"),
        Columns.instantOrNull(row, "checked_in_at"),
        row.getBoolean("inside"));
  }
}
