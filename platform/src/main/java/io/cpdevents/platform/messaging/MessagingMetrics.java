package io.cpdevents.platform.messaging;

import io.cpdevents.platform.sql.Columns;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gauges of the outbox, of parked keys and of parked messages. They are read from the database at
 * most every 5 seconds.
 */
final class MessagingMetrics {

  private record Snapshot(
      long outboxDepth, double outboxOldestAgeSeconds, long parkedKeys, long parkedMessages) {}

  private static final Logger log = LoggerFactory.getLogger(MessagingMetrics.class);
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final ParkedMessages parked;
  private final Clock clock;
  private Instant readAt = Instant.EPOCH;
  private Snapshot snapshot = new Snapshot(0, 0, 0, 0);

  MessagingMetrics(
      JdbcClient jdbc, ParkedMessages parked, Clock systemClock, MeterRegistry metrics) {
    this.jdbc = jdbc;
    this.parked = parked;
    this.clock = systemClock;
    metrics.gauge("cpd.outbox.depth", this, self -> self.snapshot().outboxDepth());
    metrics.gauge(
        "cpd.outbox.oldest.age.seconds", this, self -> self.snapshot().outboxOldestAgeSeconds());
    metrics.gauge("cpd.outbox.parked.keys", this, self -> self.snapshot().parkedKeys());
    metrics.gauge("cpd.parked.messages", this, self -> self.snapshot().parkedMessages());
  }

  private synchronized Snapshot snapshot() {
    Instant now = clock.instant();
    if (Duration.between(readAt, now).compareTo(MAX_AGE) < 0) {
      return snapshot;
    }
    readAt = now;
    try {
      snapshot = read(now);
    } catch (DataAccessException unavailable) {
      log.warn("The gauges of the outbox cannot be read: {}", unavailable.toString());
    }
    return snapshot;
  }

  private Snapshot read(Instant now) {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM outbox) AS depth,
                   (SELECT event_id FROM outbox ORDER BY id LIMIT 1) AS oldest,
                   (SELECT count(*) FROM outbox_parked_key) AS parked_keys
            """)
        .query((row, _) -> {
          UUID oldest = Columns.uuidOrNull(row, "oldest");
          double ageSeconds =
              oldest == null
                  ? 0
                  : Duration.between(OutboxRelay.createdAt(oldest), now).toMillis() / 1_000.0;
          return new Snapshot(
              row.getLong("depth"), ageSeconds, row.getLong("parked_keys"), parked.count());
        })
        .single();
  }
}
