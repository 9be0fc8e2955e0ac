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
import java.util.LinkedHashSet;
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
 * Publishes the events of the outbox to Kafka. Of all instances one is the leader of its database:
 * it holds a session advisory lock on a connection of its own, and its transactional producer
 * fences a former leader that has not noticed the loss of its lead. So the order of commits is kept
 * for each key. A crash between Kafka's commit and the delete publishes events twice; inboxes drop
 * duplicates.
 *
 * <p>It is no {@link io.cpdevents.platform.jobs.WorkLoop}: the connection and the producer live as
 * long as the lead and not for a round, so that a failure ends the lead and another instance may
 * take it; and a stop publishes what is left before it lets the lead go.
 */
final class OutboxRelay implements SmartLifecycle {

  /** Opens the connections of a leader, new ones each time that it begins to lead. */
  interface Connections {
    /** A connection outside the pool, in autocommit. */
    Connection openConnection() throws SQLException;

    /** A transactional producer that has not been initialised. */
    Producer<String, byte[]> openProducer();
  }

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private static final int MAX_BATCH_RECORDS = 500;
  private static final long MAX_BATCH_BYTES = 8L * 1024 * 1024;

  /**
   * The pause between Kafka transactions when rows arrive one by one. A transaction costs the
   * broker and every consumer about as much for one record as for fifty.
   */
  private static final BatchPacing PACING =
      new BatchPacing(Duration.ofMillis(15), Duration.ofMillis(50));

  /**
   * How long the events of a topic wait after Kafka did not know it. Each further attempt blocks
   * the relay for as long as the producer waits for the topic's metadata.
   */
  private static final Duration MISSING_TOPIC_WAIT = Duration.ofSeconds(60);

  /** In the column {@code reason} of a parked key. */
  static final String NOT_OURS = "the service does not write this topic";

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration RETRY_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_CLOSE_TIME = Duration.ofSeconds(5);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(10);

  private final String serviceName;
  private final OwnTopics ownTopics;
  private final Connections connections;
  private final Clock clock;
  private final Timer publishLatency;
  private final Counter published;
  private final Counter failures;

  /** Used by the relay's own thread only. */
  private final Map<String, Long> missingSinceNanos = new HashMap<>();

  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean running;
  private volatile boolean leading;
  private @Nullable Thread thread;

  OutboxRelay(
      String serviceName,
      OwnTopics ownTopics,
      Connections connections,
      Clock systemClock,
      MeterRegistry metrics) {
    this.serviceName = serviceName;
    this.ownTopics = ownTopics;
    this.connections = connections;
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

  /** Lets the relay look for new rows at once. */
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
        current.join(MAX_STOP_TIME);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops after the web server and the listeners, so that what they append is still published. */
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
        log.warn(
            "The outbox relay lost its connection to the database or Kafka and starts again: {}",
            e.toString());
      } finally {
        leading = false;
      }
      pause(RETRY_WAIT);
    }
  }

  /** Leads until it is stopped or loses a connection; returns at once when another relay leads. */
  private void lead() throws SQLException {
    try (Connection connection = connections.openConnection()) {
      OutboxStore store = new OutboxStore(connection);
      if (!store.tryLead()) {
        return;
      }
      Producer<String, byte[]> producer = connections.openProducer();
      try {
        producer.initTransactions();
        leading = true;
        log.info("The outbox relay of {} leads", serviceName);
        while (running) {
          long startedNanos = System.nanoTime();
          boolean hasMore = publishBatch(store, producer);
          if (!hasMore) {
            // A commit since the batch was read has released a wake-up.
            rest(Duration.ofNanos(System.nanoTime() - startedNanos));
            pause(POLL_INTERVAL);
          }
        }
        while (publishBatch(store, producer)) {
          // until everything is published that was appended before the stop
        }
      } finally {
        // Without a timeout it would wait for a Kafka that does not answer, and keep the lead.
        producer.close(MAX_CLOSE_TIME);
      }
    }
  }

  /** Publishes the oldest rows; true when there may be more. */
  private boolean publishBatch(OutboxStore store, Producer<String, byte[]> producer)
      throws SQLException {
    wakeUps.drainPermits();
    List<OutboxStore.QueuedRow> batch =
        store.oldest(MAX_BATCH_RECORDS, MAX_BATCH_BYTES, waitingTopics());
    if (batch.isEmpty()) {
      return false;
    }
    if (parkForeign(batch, store)) {
      return true;
    }
    BatchFailure failure = send(batch, producer);
    if (failure != null) {
      react(failure, store, producer);
      return true;
    }
    store.delete(batch);
    measure(batch);
    return isFull(batch);
  }

  /**
   * Parks the keys of rows that this service does not write: somebody who holds its database does.
   * Answers whether there were any, because the batch may hold more of those keys.
   */
  private boolean parkForeign(List<OutboxStore.QueuedRow> batch, OutboxStore store)
      throws SQLException {
    Set<OutboxStore.Key> foreign = new LinkedHashSet<>();
    for (OutboxStore.QueuedRow queued : batch) {
      if (!ownTopics.include(queued.row().topic())) {
        foreign.add(new OutboxStore.Key(queued.row().topic(), queued.row().key()));
      }
    }
    if (foreign.isEmpty()) {
      return false;
    }
    failures.increment(foreign.size());
    log.error(
        "The outbox holds rows for topics that {} does not write, so {} keys are parked, the first"
            + " of them on {}",
        serviceName,
        foreign.size(),
        foreign.iterator().next().topic());
    store.park(foreign, NOT_OURS, clock.instant());
    return true;
  }

  /** Sends a batch in one Kafka transaction; answers why that failed, or null. */
  private @Nullable BatchFailure send(
      List<OutboxStore.QueuedRow> batch, Producer<String, byte[]> producer) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(batch.size());
    producer.beginTransaction();
    try {
      for (OutboxStore.QueuedRow queued : batch) {
        Future<RecordMetadata> future = producer.send(toRecord(queued.row()));
        sent.add(future);
        if (BatchFailure.of(future) != null) {
          // The transaction fails anyway, and each further send might block for long.
          break;
        }
      }
      producer.commitTransaction();
      return null;
    } catch (KafkaException failure) {
      return BatchFailure.of(failure, batch, sent);
    }
  }

  private void react(BatchFailure failure, OutboxStore store, Producer<String, byte[]> producer)
      throws SQLException {
    switch (failure) {
      case BatchFailure.Rejected rejected -> {
        producer.abortTransaction();
        park(store, rejected.row(), rejected.cause());
      }
      case BatchFailure.TopicMissing missing -> {
        producer.abortTransaction();
        waitFor(missing.topic());
      }
      case BatchFailure.Transient failed -> throw failed.cause();
    }
  }

  /** Lets the topic's events wait instead of parking them, because it may be created soon. */
  private void waitFor(String topic) {
    failures.increment();
    log.error("Kafka has no topic {}, so its events wait; other topics are published", topic);
    missingSinceNanos.put(topic, System.nanoTime());
  }

  private Set<String> waitingTopics() {
    missingSinceNanos
        .values()
        .removeIf(since -> System.nanoTime() - since > MISSING_TOPIC_WAIT.toNanos());
    return Set.copyOf(missingSinceNanos.keySet());
  }

  private static boolean isFull(List<OutboxStore.QueuedRow> batch) {
    long bytes = 0;
    for (OutboxStore.QueuedRow queued : batch) {
      bytes += queued.row().sizeBytes();
    }
    return batch.size() == MAX_BATCH_RECORDS || bytes >= MAX_BATCH_BYTES;
  }

  // A tombstone has no payload, which Kafka's generic value type cannot express.
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
        "Kafka rejects {} of key {} on {}, so the key is parked: {}",
        row.eventType(),
        row.key(),
        row.topic(),
        cause.toString());
    store.park(
        Set.of(new OutboxStore.Key(row.topic(), row.key())), cause.toString(), clock.instant());
  }

  private void measure(List<OutboxStore.QueuedRow> batch) {
    long nowMillis = clock.millis();
    for (OutboxStore.QueuedRow queued : batch) {
      long ageMillis = Math.max(0, nowMillis - createdAtMillis(queued.row().eventId()));
      publishLatency.record(ageMillis, TimeUnit.MILLISECONDS);
    }
    published.increment(batch.size());
  }

  /** A UUIDv7 begins with the milliseconds since 1970 (RFC 9562, section 5.7). */
  private static long createdAtMillis(UUID eventId) {
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

  /** When an event was appended. */
  static Instant createdAt(UUID eventId) {
    return Instant.ofEpochMilli(createdAtMillis(eventId));
  }
}
