package io.cpdevents.registration.tickets;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.registrations.Attendee;
import io.cpdevents.registration.registrations.EventSummary;
import io.cpdevents.registration.registrations.RegistrationStatus;
import io.cpdevents.registration.registrations.TicketStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes whom a ticket is for. */
@Component
class Tickets {

  /**
   * What is written when a ticket is given to somebody else.
   *
   * @param code null when it keeps its own
   */
  record Change(
      UUID id,
      IssuedTicket before,
      Attendee attendee,
      @Nullable String code,
      UUID by,
      Instant at) {}

  /** Whose event it is, and whether it takes place. */
  record OwnEvent(UUID organizationId, EventStatus status) {}

  private final JdbcClient jdbc;
  private final boolean disputedAreInvalid;

  Tickets(
      JdbcClient jdbc,
      @Value("${cpd.registration.disputed-tickets-are-invalid}") boolean disputedAreInvalid) {
    this.jdbc = jdbc;
    this.disputedAreInvalid = disputedAreInvalid;
  }

  Optional<IssuedTicket> find(UUID id) {
    return jdbc.sql(
            """
            SELECT k.*, r.account_id, r.status AS registration_status, r.event_id,
                e.organization_id, e.title, e.mode, e.starts_at, e.ends_at, e.time_zone, e.venue,
                e.status AS event_status, c.checked_in_at, c.checked_in_by,
                coalesce(t.allowed, true) AS transfers_allowed, t.until_at,
                (SELECT count(*) FROM ticket_change h WHERE h.ticket_id = k.id) AS changes,
                :disputedAreInvalid AND EXISTS (
                    SELECT FROM dispute d
                    WHERE d.payment_id = r.payment_id AND d.whole_payment
                      AND d.status IN ('open', 'lost')) AS disputed
            FROM ticket k
            JOIN registration r ON r.id = k.registration_id
            JOIN event e ON e.id = r.event_id
            LEFT JOIN check_in c ON c.ticket_id = k.id
            LEFT JOIN transfer_rules t ON t.event_id = e.id
            WHERE k.id = :id
            """)
        .param("id", id)
        .param("disputedAreInvalid", disputedAreInvalid)
        .query(Tickets::ticket)
        .optional();
  }

  /**
   * Locks a ticket and its registration until the transaction ends: nobody else checks it in,
   * cancels it or gives it away, and nobody in it is forgotten half.
   */
  void lock(IssuedTicket ticket) {
    jdbc.sql("SELECT id FROM registration WHERE id = :registrationId FOR NO KEY UPDATE")
        .param("registrationId", ticket.registrationId())
        .query(UUID.class)
        .single();
    jdbc.sql("SELECT id FROM ticket WHERE id = :id FOR NO KEY UPDATE")
        .param("id", ticket.id())
        .query(UUID.class)
        .single();
  }

  /** Gives a locked ticket to somebody else. */
  void save(Change change) {
    jdbc.sql(
            """
            WITH changed AS (
                UPDATE ticket SET attendee_name = :name, attendee_email = :email,
                    code = coalesce(:code, code)
                WHERE id = :ticketId
            )
            INSERT INTO ticket_change
                (id, ticket_id, former_name, former_email, former_code, changed_at, changed_by)
            VALUES (:id, :ticketId, :formerName, :formerEmail, :formerCode, :at, :by)
            """)
        .param("id", change.id())
        .param("ticketId", change.before().id())
        .param("name", change.attendee().name())
        .param("email", change.attendee().email())
        .param("code", Parameters.text(change.code()))
        .param("formerName", change.before().attendee().name())
        .param("formerEmail", change.before().attendee().email())
        .param("formerCode", Parameters.text(change.code() == null ? null : change.before().code()))
        .param("at", Parameters.instant(change.at()))
        .param("by", change.by())
        .update();
  }

  Optional<OwnEvent> event(UUID eventId) {
    return jdbc.sql("SELECT organization_id, status FROM event WHERE id = :eventId")
        .param("eventId", eventId)
        .query((row, _) ->
            new OwnEvent(
                Columns.uuid(row, "organization_id"),
                Columns.constant(EventStatus.class, row, "status")))
        .optional();
  }

  /** What the organization has decided about an event; empty when it has not. */
  Optional<TransferRules> rules(UUID eventId) {
    return jdbc.sql("SELECT allowed, until_at FROM transfer_rules WHERE event_id = :eventId")
        .param("eventId", eventId)
        .query((row, _) ->
            new TransferRules(row.getBoolean("allowed"), Columns.instantOrNull(row, "until_at")))
        .optional();
  }

  void save(UUID eventId, TransferRules rules) {
    jdbc.sql(
            """
            INSERT INTO transfer_rules (event_id, allowed, until_at)
            VALUES (:eventId, :allowed, :until)
            ON CONFLICT (event_id) DO UPDATE
            SET allowed = excluded.allowed, until_at = excluded.until_at
            """)
        .param("eventId", eventId)
        .param("allowed", rules.allowed())
        .param("until", Parameters.instant(rules.until()))
        .update();
  }

  private static IssuedTicket ticket(ResultSet row, int number) throws SQLException {
    return new IssuedTicket(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "registration_id"),
        Columns.uuid(row, "account_id"),
        Columns.constant(RegistrationStatus.class, row, "registration_status"),
        Columns.constant(TicketStatus.class, row, "status"),
        row.getString("ticket_type_name"),
        new Attendee(row.getString("attendee_name"), row.getString("attendee_email")),
        row.getString("code"),
        row.getInt("changes"),
        row.getBoolean("disputed"),
        checkedIn(row),
        new EventSummary(
            Columns.uuid(row, "event_id"),
            Columns.uuid(row, "organization_id"),
            row.getString("title"),
            Columns.constant(EventMode.class, row, "mode"),
            Columns.instant(row, "starts_at"),
            Columns.instant(row, "ends_at"),
            row.getString("time_zone"),
            row.getString("venue")),
        Columns.constant(EventStatus.class, row, "event_status"),
        new TransferRules(
            row.getBoolean("transfers_allowed"), Columns.instantOrNull(row, "until_at")));
  }

  private static IssuedTicket.@Nullable CheckedIn checkedIn(ResultSet row) throws SQLException {
    Instant at = Columns.instantOrNull(row, "checked_in_at");
    return at == null ? null : new IssuedTicket.CheckedIn(at, Columns.uuid(row, "checked_in_by"));
  }
}
