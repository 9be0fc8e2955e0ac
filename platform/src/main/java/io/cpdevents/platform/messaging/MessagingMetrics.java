package io.cpdevents.platform.messaging;

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
 * What waits: in the outbox, in parked keys and in parked messages. Asked at most every 5 seconds.
 */
final class MessagingMetrics {

  private record Waiting(
      long outboxDepth, double outboxOldestAgeSeconds, long parkedKeys, long parkedMessages) {}

  private static final Logger log = LoggerFactory.getLogger(MessagingMetrics.class);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final ParkedMessages parked;
  private final Clock clock;
  private Instant takenAt = Instant.EPOCH;
  private Waiting waiting = new Waiting(0, 0, 0, 0);

  MessagingMetrics(
      JdbcClient jdbc, ParkedMessages parked, Clock systemClock, MeterRegistry metrics) {
    this.jdbc = jdbc;
    this.parked = parked;
    this.clock = systemClock;
    metrics.gauge("cpd.outbox.depth", this, self -> self.take().outboxDepth());
    metrics.gauge(
        "cpd.outbox.oldest.age.seconds", this, self -> self.take().outboxOldestAgeSeconds());
    metrics.gauge("cpd.outbox.parked.keys", this, self -> self.take().parkedKeys());
    metrics.gauge("cpd.parked.messages", this, self -> self.take().parkedMessages());
  }

  private synchronized Waiting take() {
    Instant now = clock.instant();
    if (Duration.between(takenAt, now).compareTo(FRESH) < 0) {
      return waiting;
    }
    takenAt = now;
    try {
      waiting = ask(now);
    } catch (DataAccessException away) {
      log.warn("What waits in the database cannot be counted: {}", away.toString());
    }
    return waiting;
  }

  private Waiting ask(Instant now) {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM outbox) AS depth,
                   (SELECT event_id FROM outbox ORDER BY id LIMIT 1) AS oldest,
                   (SELECT count(*) FROM outbox_parked_key) AS parked_keys
            """)
        .query((row, _) -> {
          UUID oldest = row.getObject("oldest", UUID.class);
          double ageSeconds =
              oldest == null
                  ? 0
                  : Duration.between(OutboxRelay.madeAt(oldest), now).toMillis() / 1_000.0;
          return new Waiting(
              row.getLong("depth"), ageSeconds, row.getLong("parked_keys"), parked.count());
        })
        .single();
  }
}
