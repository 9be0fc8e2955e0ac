package io.cpdevents.gateway.sessions;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.EventType;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.SessionEvent;
import io.cpdevents.contracts.accounts.SessionEvent.ApiKeyEnded;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.contracts.accounts.SessionEvent.SessionProved;
import io.cpdevents.contracts.accounts.SessionEvent.SessionRevoked;
import io.cpdevents.gateway.GatewaySettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Reads the events that end sessions and change roles. Every instance reads all partitions, without
 * a consumer group, from two minutes back. It also knows how current it is: several times a second
 * it asks the broker for the topic's end offsets. Cached tokens are used only while everything up
 * to a second ago has been read.
 *
 * <p>The loop is its own, because the one of platform rests between its rounds and brings a
 * database with it: this one waits in Kafka's {@code poll}, and the gateway has no database.
 */
@Component
public class SessionEventsReader implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SessionEventsReader.class);

  /**
   * Also how long the broker may delay a fetch. It answers the requests of a connection in order,
   * so the request for the end offsets waits for the fetch before it.
   */
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);
  private static final Duration MAX_REQUEST_TIME = Duration.ofMillis(800);
  private static final Duration MAX_STALENESS = Duration.ofSeconds(1);
  private static final Duration BACK_OFF = Duration.ofSeconds(1);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(2);
  private static final int MAX_RECONNECT_MILLIS = 1_000;

  private static final Map<String, Class<? extends SessionEvent>> TYPES =
      EventType.of(SessionEvent.class);

  private final Revocations revocations;
  private final InstantSource time;
  private final String bootstrapServers;

  private volatile boolean running;
  private volatile boolean caughtUp;
  private volatile long caughtUpAtNanos;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
  private @Nullable Thread thread;

  private boolean warned;
  private @Nullable Map<TopicPartition, Long> ends;
  private long endsAskedNanos;

  /** Reads as soon as the application starts. */
  public SessionEventsReader(
      Revocations revocations, InstantSource time, GatewaySettings settings, MeterRegistry meters) {
    this.revocations = revocations;
    this.time = time;
    this.bootstrapServers = settings.kafkaBootstrapServers();
    Gauge.builder("cpd.gateway.revocations.current", this, reader -> reader.isCurrent() ? 1 : 0)
        .description(
            "1 while revocations are received; at 0 the token of every request is exchanged again")
        .register(meters);
  }

  /** Whether all events up to a second ago have been read. */
  public boolean isCurrent() {
    return caughtUp && System.nanoTime() - caughtUpAtNanos < MAX_STALENESS.toNanos();
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("session-events").daemon(true).start(this::readUntilStopped);
  }

  @Override
  public void stop() {
    running = false;
    KafkaConsumer<String, byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    Thread reading = thread;
    if (reading != null) {
      try {
        reading.join(MAX_STOP_TIME);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Reads until the web server has stopped: the last requests use cached tokens as well. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE / 2;
  }

  private void readUntilStopped() {
    while (running) {
      try (KafkaConsumer<String, byte[]> opened = new KafkaConsumer<>(configuration())) {
        consumer = opened;
        read(opened);
      } catch (WakeupException e) {
        log.debug("Stopped", e);
      } catch (KafkaException e) {
        warnOnce(e);
        pause();
      } finally {
        consumer = null;
        caughtUp = false;
      }
    }
  }

  private void read(KafkaConsumer<String, byte[]> from) {
    List<TopicPartition> partitions = partitions(from);
    if (partitions.isEmpty()) {
      log.info("Topic {} does not exist yet", Topic.Names.ACCOUNTS_SESSIONS);
      pause();
      return;
    }
    from.assign(partitions);
    seekBack(from, partitions);
    ends = null;
    while (running) {
      for (ConsumerRecord<String, byte[]> record : from.poll(POLL)) {
        accept(record);
      }
      checkPosition(from, partitions);
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> from) {
    return from.partitionsFor(Topic.Names.ACCOUNTS_SESSIONS, MAX_REQUEST_TIME).stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  /** End offsets are asked for first, so that what is written between the two requests is read. */
  private void seekBack(KafkaConsumer<String, byte[]> from, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> newest = from.endOffsets(partitions, MAX_REQUEST_TIME);
    long since = time.millis() - Revocations.RETENTION.toMillis();
    Map<TopicPartition, OffsetAndTimestamp> found =
        from.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> since)),
            MAX_REQUEST_TIME);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      from.seek(partition, first == null ? newest.getOrDefault(partition, 0L) : first.offset());
    }
  }

  private void checkPosition(KafkaConsumer<String, byte[]> from, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> goal = ends;
    if (goal != null
        && goal.entrySet().stream()
            .allMatch(end -> from.position(end.getKey()) >= end.getValue())) {
      caughtUpAtNanos = endsAskedNanos;
      caughtUp = true;
      warned = false;
    }
    long now = System.nanoTime();
    if (goal == null || now - endsAskedNanos > CHECK_INTERVAL.toNanos()) {
      try {
        ends = from.endOffsets(partitions, MAX_REQUEST_TIME);
        endsAskedNanos = now;
      } catch (RetriableException e) {
        // Without an answer the reader soon counts as stale, and cached tokens are not used.
        log.debug("The broker does not answer the end offsets", e);
      }
    }
  }

  private void accept(ConsumerRecord<String, byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    Class<? extends SessionEvent> known =
        type == null ? null : TYPES.get(new String(type.value(), StandardCharsets.UTF_8));
    if (known == null || record.value() == null) {
      return;
    }
    try {
      switch (ContractsJson.read(record.value(), known)) {
        case SessionRevoked revoked -> revocations.revoke(revoked.sessionId());
        case ApiKeyEnded ended -> revocations.revoke(ended.apiKeyId());
        case RolesChanged changed -> revocations.invalidateTokensOf(changed.accountId());
        case SessionProved proved -> revocations.invalidateTokensOf(proved.accountId());
      }
    } catch (JacksonException e) {
      log.error(
          "Session event at {}-{}@{} cannot be read: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getClass().getSimpleName());
    }
  }

  /** Warns when reading stops, and not again every second. */
  private void warnOnce(KafkaException failure) {
    if (!warned) {
      warned = true;
      log.warn(
          "Session events cannot be read, so cached tokens are not used: {}", failure.toString());
    }
  }

  private void pause() {
    try {
      Thread.sleep(BACK_OFF);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private Map<String, Object> configuration() {
    return Map.ofEntries(
        Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-session-events"),
        Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class),
        Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
        Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
        Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
        Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis()),
        Map.entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, MAX_RECONNECT_MILLIS),
        Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) MAX_REQUEST_TIME.toMillis()));
  }
}
