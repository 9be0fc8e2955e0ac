package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.registrations.TicketQuantity;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes the places of offers and gives them back, of events that are locked. */
@Component
class WaitlistPlaces {

  private final JdbcClient jdbc;

  WaitlistPlaces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes the places that an entry wants.
   *
   * @throws IllegalStateException when they are not there: the event was not locked
   */
  void take(WaitlistEntry entry) {
    boolean taken =
        with(
                jdbc.sql(
                    """
                    WITH wanted AS (
                        SELECT * FROM unnest(cast(:ticketTypeIds AS uuid[]),
                            cast(:quantities AS integer[])) AS w (ticket_type_id, quantity)
                    ), of_quotas AS (
                        SELECT qt.quota_id, sum(w.quantity) AS quantity
                        FROM wanted w JOIN quota_ticket_type qt USING (ticket_type_id)
                        GROUP BY qt.quota_id
                    ), event_taken AS (
                        UPDATE event SET taken = taken + :places
                        WHERE id = :eventId AND taken + :places <= capacity
                        RETURNING id
                    ), ticket_types_taken AS (
                        UPDATE ticket_type t SET taken = t.taken + w.quantity
                        FROM wanted w, event_taken
                        WHERE t.id = w.ticket_type_id
                          AND (t.quota IS NULL OR t.taken + w.quantity <= t.quota)
                        RETURNING t.id
                    ), quotas_taken AS (
                        UPDATE quota q SET taken = q.taken + o.quantity
                        FROM of_quotas o, event_taken
                        WHERE q.id = o.quota_id AND q.taken + o.quantity <= q.capacity
                        RETURNING q.id
                    )
                    SELECT EXISTS (SELECT FROM event_taken)
                        AND (SELECT count(*) FROM ticket_types_taken) = :types
                        AND (SELECT count(*) FROM quotas_taken) = (SELECT count(*) FROM of_quotas)
                    """),
                entry)
            .param("types", entry.tickets().size())
            .query(Boolean.class)
            .single();
    if (!taken) {
      throw new IllegalStateException(
          "places of event %s for waitlist entry %s were there and are gone"
              .formatted(entry.eventId(), entry.id()));
    }
  }

  /** Gives back the places that are held for an entry. */
  void giveBack(WaitlistEntry entry) {
    with(
            jdbc.sql(
                """
                WITH wanted AS (
                    SELECT * FROM unnest(cast(:ticketTypeIds AS uuid[]),
                        cast(:quantities AS integer[])) AS w (ticket_type_id, quantity)
                ), of_quotas AS (
                    UPDATE quota q SET taken = q.taken - f.quantity
                    FROM (SELECT qt.quota_id, sum(w.quantity) AS quantity
                          FROM wanted w JOIN quota_ticket_type qt USING (ticket_type_id)
                          GROUP BY qt.quota_id) f
                    WHERE q.id = f.quota_id
                ), of_ticket_types AS (
                    UPDATE ticket_type t SET taken = t.taken - w.quantity
                    FROM wanted w WHERE t.id = w.ticket_type_id
                )
                UPDATE event SET taken = taken - :places WHERE id = :eventId
                """),
            entry)
        .update();
  }

  private static JdbcClient.StatementSpec with(
      JdbcClient.StatementSpec statement, WaitlistEntry entry) {
    List<TicketQuantity> tickets = entry.tickets();
    UUID eventId = entry.eventId();
    return statement
        .param("eventId", eventId)
        .param("places", entry.places())
        .param("ticketTypeIds", Parameters.uuids(tickets, TicketQuantity::ticketTypeId))
        .param("quantities", Parameters.integers(tickets, TicketQuantity::quantity));
  }
}
