package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.load.Latencies;
import io.cpdevents.driver.inside.Databases;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * From the confirmation of a registration, and from its order, until the mail server had accepted
 * its mail; as the two services wrote it down.
 *
 * @param sinceConfirmed the confirmation's time is taken just before its commit
 * @param sinceOrdered from the registration's first row
 * @param lastAccepted when the last mail was accepted
 */
record MailLag(Latencies sinceConfirmed, Latencies sinceOrdered, Instant lastAccepted) {

  private record Times(Instant ordered, Instant confirmed) {}

  /** The lag of every mail that was ordered since then. */
  static MailLag since(Databases databases, Instant began) {
    Timestamp from = Timestamp.from(began);
    Map<UUID, Times> times = new HashMap<>();
    databases.rows(
        "registration",
        """
        SELECT id, created_at, confirmed_at FROM registration
        WHERE created_at >= ? AND confirmed_at IS NOT NULL
        """,
        row ->
            Optional.ofNullable(
                times.put(
                    row.getObject(1, UUID.class),
                    new Times(row.getTimestamp(2).toInstant(), row.getTimestamp(3).toInstant()))),
        from);
    MailLag lag = new MailLag(new Latencies(), new Latencies(), began);
    Instant last =
        databases
            .rows(
                "notification",
                """
                SELECT registration_id, settled_at FROM mail
                WHERE template = 'registration-confirmation' AND status = 'sent' AND settled_at >= ?
                """,
                row -> lag.add(times, row.getObject(1, UUID.class), row.getTimestamp(2)),
                from)
            .stream()
            .max(Instant::compareTo)
            .orElse(began);
    return new MailLag(lag.sinceConfirmed(), lag.sinceOrdered(), last);
  }

  private Instant add(Map<UUID, Times> times, UUID registrationId, Timestamp accepted) {
    Instant at = accepted.toInstant();
    Times known = times.get(registrationId);
    if (known != null) {
      sinceConfirmed.add(Duration.between(known.confirmed(), at).toNanos());
      sinceOrdered.add(Duration.between(known.ordered(), at).toNanos());
    }
    return at;
  }
}
