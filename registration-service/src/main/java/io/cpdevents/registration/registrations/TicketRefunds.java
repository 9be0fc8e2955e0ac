package io.cpdevents.registration.registrations;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what refunds give back for which ticket. */
@Component
class TicketRefunds {

  private final JdbcClient jdbc;

  TicketRefunds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Deletes what a refund gives back. Returns the tickets for which it was noted. */
  List<UUID> remove(UUID refundId) {
    return jdbc.sql("DELETE FROM ticket_refund WHERE refund_id = :refundId RETURNING ticket_id")
        .param("refundId", refundId)
        .query((row, _) -> Columns.uuid(row, "ticket_id"))
        .list();
  }

  void insert(UUID refundId, boolean forCancellation, List<NoteRefund.Line> lines) {
    jdbc.sql(
            """
            INSERT INTO ticket_refund (refund_id, ticket_id, for_cancellation, amount_minor)
            SELECT :refundId, l.ticket_id, :forCancellation, l.amount_minor
            FROM unnest(cast(:tickets AS uuid[]), cast(:amounts AS bigint[]))
                AS l (ticket_id, amount_minor)
            """)
        .param("refundId", refundId)
        .param("forCancellation", forCancellation)
        .param("tickets", Parameters.uuids(lines, NoteRefund.Line::ticketId))
        .param("amounts", Parameters.bigints(lines, line -> line.amount().amountMinor()))
        .update();
  }

  /**
   * Corrects what goes back for cancelled tickets. We learn that a refund was reduced only when it
   * has succeeded, so before that it may exceed what the ticket has cost.
   *
   * @param refundId those that it was requested for are corrected as well
   */
  void correctCancelled(UUID refundId, Collection<UUID> tickets) {
    jdbc.sql(
            """
            UPDATE ticket k
            SET refund_minor = least(k.total_minor, (
                SELECT coalesce(sum(f.amount_minor), 0) FROM ticket_refund f
                WHERE f.ticket_id = k.id AND f.for_cancellation))
            WHERE k.status = 'cancelled'
              AND (k.id = ANY (cast(:tickets AS uuid[])) OR k.id IN (
                  SELECT cast(line ->> 'ticketId' AS uuid)
                  FROM refund_request q CROSS JOIN jsonb_array_elements(q.lines) AS line
                  WHERE q.refund_id = :refundId))
            """)
        .param("tickets", Parameters.uuids(tickets, ticket -> ticket))
        .param("refundId", refundId)
        .update();
  }
}
