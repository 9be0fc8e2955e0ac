package io.cpdevents.registration.registrations;

import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads who is to attend. */
@Component
public class AttendeeQueries {

  /** Who a ticket is for, whose place is for good. */
  public record TicketAttendee(UUID registrationId, UUID ticketId, String name, String email) {}

  private final JdbcClient jdbc;

  AttendeeQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those with a valid ticket of these registrations, as far as they are confirmed. People who were
   * erased are left out: nobody knows who they were.
   */
  public List<TicketAttendee> of(Collection<UUID> registrationIds) {
    return jdbc.sql(
            """
            SELECT k.registration_id, k.id, k.attendee_name, k.attendee_email
              FROM registration r
              JOIN ticket k ON k.registration_id = r.id
             WHERE r.id = ANY (cast(:ids AS uuid[])) AND r.status = 'confirmed'
               AND k.status = 'valid' AND k.attendee_email <> :nowhere
             ORDER BY k.id
            """)
        .param("ids", Parameters.uuids(registrationIds, Function.identity()))
        .param("nowhere", ErasedPerson.NOWHERE)
        .query((row, _) ->
            new TicketAttendee(
                Columns.uuid(row, "registration_id"),
                Columns.uuid(row, "id"),
                row.getString("attendee_name"),
                row.getString("attendee_email")))
        .list();
  }
}
