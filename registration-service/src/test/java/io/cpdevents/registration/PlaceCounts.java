package io.cpdevents.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts places in the database, and asserts what holds whatever happens. */
public final class PlaceCounts {

  private final JdbcClient jdbc;

  public PlaceCounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public int taken(UUID eventId) {
    return jdbc.sql("SELECT taken FROM event WHERE id = :id")
        .param("id", eventId)
        .query(Integer.class)
        .single();
  }

  public int registrations(UUID eventId, String status) {
    return jdbc.sql("SELECT count(*) FROM registration WHERE event_id = :id AND status = :status")
        .param("id", eventId)
        .param("status", status)
        .query(Integer.class)
        .single();
  }

  /** The requests for money back for registrations of an event, by their causes. */
  public List<String> refundCauses(UUID eventId) {
    return jdbc.sql("SELECT cause FROM refund_request WHERE event_id = :id ORDER BY cause")
        .param("id", eventId)
        .query((row, _) -> row.getString("cause"))
        .list();
  }

  /**
   * The places that count as taken are those of valid tickets of held and confirmed registrations,
   * and those that are offered: for the event, for each ticket type and quota, and for each account
   * when there is a limit.
   */
  public void assertTheyAddUp(UUID eventId) {
    int live =
        jdbc.sql(
                """
                SELECT count(*) FROM ticket k JOIN registration r ON r.id = k.registration_id
                WHERE r.event_id = :id AND k.status = 'valid'
                  AND r.status IN ('held', 'confirmed')
                """)
            .param("id", eventId)
            .query(Integer.class)
            .single();
    int offered =
        jdbc.sql(
                """
                SELECT coalesce(sum(places), 0) FROM waitlist_entry
                WHERE event_id = :id AND status = 'offered'
                """)
            .param("id", eventId)
            .query(Integer.class)
            .single();
    assertThat(taken(eventId)).isEqualTo(live + offered);
    int wrongTypes =
        jdbc.sql(
                """
                SELECT count(*) FROM ticket_type t
                WHERE t.event_id = :id AND t.taken <> (
                    SELECT count(*) FROM ticket k JOIN registration r ON r.id = k.registration_id
                    WHERE k.ticket_type_id = t.id AND k.status = 'valid'
                      AND r.status IN ('held', 'confirmed')) + (
                    SELECT coalesce(sum(w.quantity), 0)
                    FROM waitlist_ticket w JOIN waitlist_entry n ON n.id = w.entry_id
                    WHERE w.ticket_type_id = t.id AND n.status = 'offered')
                """)
            .param("id", eventId)
            .query(Integer.class)
            .single();
    assertThat(wrongTypes).isZero();
    int wrongQuotas =
        jdbc.sql(
                """
                SELECT count(*) FROM quota q
                WHERE q.event_id = :id AND (q.taken > q.capacity OR q.taken <> (
                    SELECT coalesce(sum(t.taken), 0)
                    FROM quota_ticket_type qt JOIN ticket_type t ON t.id = qt.ticket_type_id
                    WHERE qt.quota_id = q.id))
                """)
            .param("id", eventId)
            .query(Integer.class)
            .single();
    assertThat(wrongQuotas).isZero();
    int wrongAccounts =
        jdbc.sql(
                """
                SELECT count(*) FROM account_limit_use u
                WHERE u.event_id = :id AND u.registrations <> (
                    SELECT count(*) FROM registration r
                    WHERE r.event_id = u.event_id AND r.account_id = u.account_id
                      AND r.status IN ('held', 'confirmed'))
                """)
            .param("id", eventId)
            .query(Integer.class)
            .single();
    assertThat(wrongAccounts).isZero();
  }
}
