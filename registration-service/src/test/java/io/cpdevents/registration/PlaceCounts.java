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

  /** Everything that {@link PlaceBooks} counts anew is as it should be. */
  public void assertTheyAddUp(UUID eventId) {
    assertThat(new PlaceBooks(jdbc).differences(List.of(eventId))).isEmpty();
  }
}
