package io.cpdevents.platform.messaging;

import io.cpdevents.platform.jobs.BatchPacing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes events from the outbox to Kafka. One relay leads per database: it holds a session advisory
 * lock on a connection of its own, and its transactional producer fences a predecessor that does
 * not know that it is dead. So the order of commits is kept for each key, whatever the number of
 * instances; a crash between Kafka's commit and the delete repeats events, which every inbox drops.
 */
final class OutboxRelay implements SmartLifecycle {

  /** Opens what a leader needs; each lead has its own. */
  interface Lines {
    /** A connection outside the pool, in autocommit. */
    Connection openConnection() throws SQLException;

    /** A transactional producer that has not been initialised. */
    Producer<String, byte[]> openProducer();
  }

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private static final int BATCH_RECORDS = 500;
  private static final long BATCH_BYTES = 8L * 1024 * 1024;

  /**
   * Between Kafka transactions when rows come in one by one: a transaction costs the broker and
   * every consumer about as much for one record as for fifty.
   */
  private static final BatchPacing PACING =
      new BatchPacing(Duration.ofMillis(15), Duration.ofMillis(50));

  /**
   * How long a topic's events wait when Kafka does not know the topic. Finding that out blocks the
   * relay for as long as the producer waits for a topic.
   */
  private static final Duration MISSING_TOPIC_PAUSE = Duration.ofSeconds(60);

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(500);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final String serviceName;
  private final Lines lines;
  private final Clock clock;
  private final Timer publishLatency;
  private final Counter published;
  private final Counter failures;

  /** Of the relay's own thread. */
  private final Map<String, Long> missingSinceNanos = new HashMap<>();

  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean running;
  private volatile boolean leading;
  private @Nullable Thread thread;

  OutboxRelay(String serviceName, Lines lines, Clock systemClock, MeterRegistry metrics) {
    this.serviceName = serviceName;
    this.lines = lines;
    this.clock = systemClock;
    this.publishLatency =
        Timer.builder("cpd.outbox.publish.latency")
            .description("From the append to Kafka's commit")
            .publishPercentiles(0.5, 0.99)
            .register(metrics);
    this.published = metrics.counter("cpd.outbox.published");
    this.failures = metrics.counter("cpd.outbox.failures");
    metrics.gauge("cpd.outbox.leading", this, relay -> relay.leading ? 1 : 0);
  }

  /** Looks for new rows at once. */
  void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  @Override
  public synchronized void start() {
    running = true;
    thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
  }

  @Override
  public synchronized void stop() {
    running = false;
    wake();
    Thread current = thread;
    if (current != null) {
      try {
        current.join(STOP_TIMEOUT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops behind the web server and the listeners, so that what they append still goes out. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE / 2;
  }

  private void run() {
    while (running) {
      try {
        lead();
      } catch (SQLException | KafkaException e) {
        failures.increment();
        log.warn("The outbox relay lost its database or Kafka and starts again: {}", e.toString());
      } finally {
        leading = false;
      }
      pause(RETRY_PAUSE);
    }
  }

  /** Leads until stopped or until a line breaks; returns at once when another relay leads. */
  private void lead() throws SQLException {
    try (Connection connection = lines.openConnection()) {
      OutboxStore store = new OutboxStore(connection);
      if (!store.tryLead()) {
        return;
      }
      Producer<String, byte[]> producer = lines.openProducer();
      try {
        producer.initTransactions();
        leading = true;
        log.info("The outbox relay of {} leads", serviceName);
        while (running) {
          long startedNanos = System.nanoTime();
          Left left = publishBatch(store, producer);
          if (left == Left.NOTHING) {
            // A commit since the batch was read has left a wake-up behind.
            rest(Duration.ofNanos(System.nanoTime() - startedNanos));
            pause(SWEEP_INTERVAL);
          }
        }
        while (publishBatch(store, producer) == Left.MORE) {
          // what was appended before the stop goes out
        }
      } finally {
        // Without a limit it waits for a Kafka that is away, and holds the lead meanwhile.
        producer.close(CLOSE_TIMEOUT);
      }
    }
  }

  /** What was in the outbox behind a batch when the batch was read. */
  private enum Left {
    NOTHING,
    MORE
  }

  /** Publishes the oldest rows. */
  private Left publishBatch(OutboxStore store, Producer<String, byte[]> producer)
      throws SQLException {
    wakeUps.drainPermits();
    List<OutboxStore.Stored> batch = store.oldest(BATCH_RECORDS, BATCH_BYTES, missingTopics());
    if (batch.isEmpty()) {
      return Left.NOTHING;
    }
    BatchFailure failure = send(batch, producer);
    if (failure != null) {
      settle(failure, store, producer);
      return Left.MORE;
    }
    store.delete(batch);
    measure(batch);
    return isFull(batch) ? Left.MORE : Left.NOTHING;
  }

  /** Sends a batch in one Kafka transaction; answers why it did not work. */
  private @Nullable BatchFailure send(
      List<OutboxStore.Stored> batch, Producer<String, byte[]> producer) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
    producer.beginTransaction();
    try {
      for (OutboxStore.Stored stored : batch) {
        Future<RecordMetadata> future = producer.send(toRecord(stored.row()));
        sent.add(future);
        if (BatchFailure.of(future) != null) {
          // Nothing of this transaction will count; each further send might block for long.
          break;
        }
      }
      producer.commitTransaction();
      return null;
    } catch (KafkaException failure) {
      return BatchFailure.of(failure, batch, sent);
    }
  }

  private void settle(BatchFailure failure, OutboxStore store, Producer<String, byte[]> producer)
      throws SQLException {
    switch (failure) {
      case BatchFailure.RefusedForGood refused -> {
        producer.abortTransaction();
        park(store, refused.row(), refused.cause());
      }
      case BatchFailure.TopicMissing missing -> {
        producer.abortTransaction();
        waitFor(missing.topic());
      }
      case BatchFailure.Passing passing -> throw passing.cause();
    }
  }

  /** Not parked: whoever creates topics may only be late. */
  private void waitFor(String topic) {
    failures.increment();
    log.error("Kafka has no topic {}; its events wait, the others go on", topic);
    missingSinceNanos.put(topic, System.nanoTime());
  }

  private Set<String> missingTopics() {
    missingSinceNanos
        .values()
        .removeIf(since -> System.nanoTime() - since > MISSING_TOPIC_PAUSE.toNanos());
    return missingSinceNanos.keySet();
  }

  private static boolean isFull(List<OutboxStore.Stored> batch) {
    long bytes = 0;
    for (OutboxStore.Stored stored : batch) {
      bytes += stored.row().sizeBytes();
    }
    return batch.size() == BATCH_RECORDS || bytes >= BATCH_BYTES;
  }

  // A tombstone has no payload; Kafka's generic value type cannot say so.
  @SuppressWarnings("NullAway")
  private ProducerRecord<String, byte[]> toRecord(OutboxRow row) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(row.topic(), row.key(), row.payload());
    CloudEventHeaders.write(record.headers(), serviceName, row);
    return record;
  }

  private void park(OutboxStore store, OutboxRow row, KafkaException cause) throws SQLException {
    failures.increment();
    log.error(
        "Kafka refuses {} of key {} on {} for good; the key is parked: {}",
        row.eventType(),
        row.key(),
        row.topic(),
        cause.toString());
    store.park(row, cause.toString(), clock.instant());
  }

  private void measure(List<OutboxStore.Stored> batch) {
    long nowMillis = clock.millis();
    for (OutboxStore.Stored stored : batch) {
      long ageMillis = Math.max(0, nowMillis - madeAtMillis(stored.row().eventId()));
      publishLatency.record(ageMillis, TimeUnit.MILLISECONDS);
    }
    published.increment(batch.size());
  }

  /** A UUIDv7 begins with the milliseconds since 1970 (RFC 9562, section 5.7). */
  private static long madeAtMillis(UUID eventId) {
    return eventId.getMostSignificantBits() >>> 16;
  }

  private static void rest(Duration round) {
    LockSupport.parkNanos(PACING.restAfter(round).toNanos());
  }

  private void pause(Duration duration) {
    try {
      boolean woken = wakeUps.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS);
      log.trace("woken: {}", woken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  /** For the log of an operator: since when the oldest row waits. */
  static Instant madeAt(UUID eventId) {
    return Instant.ofEpochMilli(madeAtMillis(eventId));
  }
}
