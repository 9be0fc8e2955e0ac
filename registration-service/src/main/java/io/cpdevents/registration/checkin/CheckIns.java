package io.cpdevents.registration.checkin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.registrations.Attendee;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes who has come. */
@Component
class CheckIns {

  private record CodeOfTicket(String code, TicketAtDoor ticket) {}

  private final JdbcClient jdbc;
  private final boolean disputedAreInvalid;

  CheckIns(
      JdbcClient jdbc,
      @Value("${cpd.registration.disputed-tickets-are-invalid}") boolean disputedAreInvalid) {
    this.jdbc = jdbc;
    this.disputedAreInvalid = disputedAreInvalid;
  }

  /** When people are let into an event; empty when there is none. */
  Optional<Doors> doors(UUID eventId) {
    return jdbc.sql(
            """
            SELECT id, organization_id, status, starts_at, ends_at FROM event WHERE id = :eventId
            """)
        .param("eventId", eventId)
        .query((row, _) ->
            new Doors(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "organization_id"),
                Columns.constant(EventStatus.class, row, "status"),
                Columns.instant(row, "starts_at"),
                Columns.instant(row, "ends_at")))
        .optional();
  }

  /** The tickets of an event that these codes name or have named, by code. */
  Map<String, TicketAtDoor> tickets(UUID eventId, Collection<String> codes) {
    return jdbc
        .sql(
            """
            SELECT c.*, k.registration_id, k.ticket_type_name, r.account_id, r.confirmed_at,
                least(k.cancelled_at, e.cancelled_at) AS cancelled_at,
                CASE WHEN :disputedAreInvalid THEN (
                    SELECT min(d.opened_at) FROM dispute d
                    WHERE d.payment_id = r.payment_id AND d.whole_payment
                      AND d.status IN ('open', 'lost')) END AS disputed_at
            FROM (
                SELECT t.code, t.id, t.attendee_name, t.attendee_email,
                    cast(NULL AS timestamptz) AS transferred_at
                FROM ticket t WHERE t.code = ANY (cast(:codes AS text[]))
                UNION ALL
                SELECT h.former_code, h.ticket_id, h.former_name, h.former_email, h.changed_at
                FROM ticket_change h WHERE h.former_code = ANY (cast(:codes AS text[]))) c
            JOIN ticket k ON k.id = c.id
            JOIN registration r ON r.id = k.registration_id
            JOIN event e ON e.id = r.event_id
            WHERE r.event_id = :eventId
            """)
        .param("eventId", eventId)
        .param("codes", Parameters.texts(codes, Function.identity()))
        .param("disputedAreInvalid", disputedAreInvalid)
        .query((row, _) -> new CodeOfTicket(row.getString("code"), ticket(row)))
        .list()
        .stream()
        .collect(toUnmodifiableMap(CodeOfTicket::code, CodeOfTicket::ticket));
  }

  /** The registration of a ticket of an event; empty when the event has no such ticket. */
  Optional<UUID> registrationOf(UUID eventId, UUID ticketId) {
    return jdbc.sql(
            """
            SELECT r.id FROM ticket k JOIN registration r ON r.id = k.registration_id
            WHERE k.id = :ticketId AND r.event_id = :eventId
            """)
        .param("ticketId", ticketId)
        .param("eventId", eventId)
        .query(UUID.class)
        .optional();
  }

  /**
   * Locks registrations until the transaction ends, in the order of their ids: nobody else checks
   * their tickets in, cancels them or gives them to somebody else.
   */
  void lockRegistrations(Collection<UUID> ids) {
    jdbc.sql(
            """
            SELECT id FROM registration WHERE id = ANY (cast(:ids AS uuid[]))
            ORDER BY id
            FOR NO KEY UPDATE
            """)
        .param("ids", Parameters.uuids(ids, Function.identity()))
        .query(UUID.class)
        .list();
  }

  /** The buyer of a registration. */
  UUID buyer(UUID registrationId) {
    return jdbc.sql("SELECT account_id FROM registration WHERE id = :registrationId")
        .param("registrationId", registrationId)
        .query(UUID.class)
        .single();
  }

  /** All scans of these tickets, also those that were undone, by ticket. */
  Map<UUID, List<Scan>> scans(Collection<UUID> ticketIds) {
    return jdbc
        .sql("SELECT * FROM check_in_scan WHERE ticket_id = ANY (cast(:ticketIds AS uuid[]))")
        .param("ticketIds", Parameters.uuids(ticketIds, Function.identity()))
        .query(CheckIns::scan)
        .list()
        .stream()
        .collect(groupingBy(Scan::ticketId));
  }

  /** Saves new scans of locked registrations. */
  void insert(Collection<Scan> scans, Instant now) {
    jdbc.sql(
            """
            INSERT INTO check_in_scan
                (id, ticket_id, direction, scanned_at, scanned_by, received_at)
            SELECT s.*, :now
            FROM unnest(cast(:ids AS uuid[]), cast(:ticketIds AS uuid[]),
                cast(:directions AS text[]), cast(:scannedAts AS timestamptz[]),
                cast(:scannedBys AS uuid[])) AS s
            """)
        .param("ids", Parameters.uuids(scans, Scan::id))
        .param("ticketIds", Parameters.uuids(scans, Scan::ticketId))
        .param("directions", Parameters.constants(scans, Scan::direction))
        .param("scannedAts", Parameters.instants(scans, Scan::scannedAt))
        .param("scannedBys", Parameters.uuids(scans, Scan::scannedBy))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Takes all scans of a ticket back whose registration is locked. */
  void undo(UUID ticketId, UUID undoneBy, Instant now) {
    jdbc.sql(
            """
            UPDATE check_in_scan SET undone_at = :now, undone_by = :undoneBy
            WHERE ticket_id = :ticketId AND undone_at IS NULL
            """)
        .param("ticketId", ticketId)
        .param("undoneBy", undoneBy)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Saves what the scans of a ticket say. */
  void save(UUID ticketId, Presence presence) {
    Scan first = presence.first();
    if (first == null) {
      jdbc.sql("DELETE FROM check_in WHERE ticket_id = :ticketId")
          .param("ticketId", ticketId)
          .update();
      return;
    }
    Scan exit = presence.exit();
    jdbc.sql(
            """
            INSERT INTO check_in (ticket_id, checked_in_at, checked_in_by, inside, left_at)
            VALUES (:ticketId, :checkedInAt, :checkedInBy, :inside, :leftAt)
            ON CONFLICT (ticket_id) DO UPDATE
            SET checked_in_at = excluded.checked_in_at, checked_in_by = excluded.checked_in_by,
                inside = excluded.inside, left_at = excluded.left_at
            """)
        .param("ticketId", ticketId)
        .param("checkedInAt", Parameters.instant(first.scannedAt()))
        .param("checkedInBy", first.scannedBy())
        .param("inside", presence.isInside())
        .param("leftAt", Parameters.instant(exit == null ? null : exit.scannedAt()))
        .update();
  }

  private static TicketAtDoor ticket(ResultSet row) throws SQLException {
    return new TicketAtDoor(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "registration_id"),
        Columns.uuid(row, "account_id"),
        row.getString("ticket_type_name"),
        new Attendee(row.getString("attendee_name"), row.getString("attendee_email")),
        Columns.instantOrNull(row, "confirmed_at"),
        Columns.instantOrNull(row, "cancelled_at"),
        Columns.instantOrNull(row, "transferred_at"),
        Columns.instantOrNull(row, "disputed_at"));
  }

  private static Scan scan(ResultSet row, int number) throws SQLException {
    return new Scan(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "ticket_id"),
        Columns.constant(ScanDirection.class, row, "direction"),
        Columns.instant(row, "scanned_at"),
        Columns.uuid(row, "scanned_by"),
        Columns.instantOrNull(row, "undone_at"));
  }
}
