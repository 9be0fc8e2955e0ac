package io.cpdevents.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.KafkaBroker;
import io.cpdevents.testservice.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Kafka does not answer for longer than any timeout of the producer, while events are appended. */
@CpdIntegrationTest(classes = TestService.class)
class OutboxWithoutKafkaIT {

  private static final String SERVICE = "registration-service";
  private static final int PARTITIONS = 3;
  private static final int WRITERS = 4;
  private static final int KEYS_OF_A_WRITER = 3;
  private static final long APPEND_EVERY_MILLIS = 10;

  private static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_DELIVERY_TIME = Duration.ofSeconds(2);
  private static final Duration MAX_TRANSACTION_TIME = Duration.ofSeconds(3);

  /** Longer than each of the timeouts, and than those of delivery and transaction together. */
  private static final double OUTAGE_SECONDS = 6;

  private static final double MIN_PUBLISHED_EVENTS = 100;
  private static final double MAX_AGE_CAUGHT_UP_SECONDS = 3;
  private static final Duration EVENTUALLY = Duration.ofSeconds(45);
  private static final Duration POLL = Duration.ofMillis(200);

  @Autowired Outbox outbox;
  @Autowired OutboxRelay relayOfTheContext;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;
  @Autowired JdbcConnectionDetails database;
  @TempDir Path directory;

  private final MeterRegistry relayMetrics = new SimpleMeterRegistry();

  /** What one thread has appended: the last sequence of each of its keys. */
  private record Written(Map<UUID, Integer> lastByKey) {}

  @BeforeEach
  void stop_the_relay_of_the_context() {
    relayOfTheContext.stop();
  }

  @AfterEach
  void start_the_relay_of_the_context() {
    relayOfTheContext.start();
  }

  @Test
  void no_event_is_lost_or_reordered_while_kafka_does_not_answer() throws Exception {
    int directPort = FreePort.any();
    int brokerPort = FreePort.any();
    try (KafkaProxy proxy = new KafkaProxy(brokerPort);
        KafkaBroker broker = broker(directPort, brokerPort, proxy.port())) {
      proxy.open();
      String direct = "127.0.0.1:" + directPort;
      KafkaBroker.createTopics(direct, PARTITIONS, Topic::configuration);
      OutboxRelay first = relay("127.0.0.1:" + proxy.port());
      OutboxRelay second = relay("127.0.0.1:" + proxy.port());
      CountDownLatch enough = new CountDownLatch(1);
      AtOnce.Crowd<Written> writers = AtOnce.begin(WRITERS, () -> write(enough));
      try {
        try {
          first.start();
          second.start();
          awaitPublishedSince(0);

          proxy.dropAnswers();
          awaitOldestAgeAbove(OUTAGE_SECONDS);
          proxy.cut();
          awaitOldestAgeAbove(2 * OUTAGE_SECONDS);
          double publishedBefore = published();
          proxy.restore();
          awaitPublishedSince(publishedBefore);
          awaitOldestAgeBelow(MAX_AGE_CAUGHT_UP_SECONDS);
        } finally {
          enough.countDown();
        }
        Map<UUID, Integer> lastByKey = new HashMap<>();
        for (Written written : writers.results()) {
          lastByKey.putAll(written.lastByKey());
        }
        await().atMost(EVENTUALLY).until(() -> waiting() == 0);
        assertInOrder(lastByKey, committed(direct));
      } finally {
        proxy.restore();
        first.stop();
        second.stop();
      }
      assertThat(broker.bootstrapServers()).endsWith(":" + directPort);
    }
  }

  /** The sequences of each key are in order; any other record is a duplicate of an earlier one. */
  private static void assertInOrder(
      Map<UUID, Integer> lastByKey, List<ConsumerRecord<String, byte[]>> published) {
    Map<String, Integer> reached = new HashMap<>();
    Map<String, Integer> sequenceById = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : published) {
      int sequence = sequenceOf(record);
      int last = reached.getOrDefault(record.key(), 0);
      Integer before = sequenceById.putIfAbsent(idOf(record), sequence);
      if (before != null) {
        assertThat(sequence).as("a duplicate of key %s", record.key()).isEqualTo(before);
      } else {
        assertThat(sequence).as("the next of key %s", record.key()).isEqualTo(last + 1);
        reached.put(record.key(), sequence);
      }
    }
    Map<String, Integer> appended = new HashMap<>();
    lastByKey.forEach((key, last) -> appended.put(key.toString(), last));
    assertThat(appended).hasSize(WRITERS * KEYS_OF_A_WRITER);
    assertThat(reached).isEqualTo(appended);
  }

  private Written write(CountDownLatch enough) throws InterruptedException {
    List<UUID> keys = IntStream.range(0, KEYS_OF_A_WRITER).mapToObj(_ -> Ids.next()).toList();
    Map<UUID, Integer> last = new HashMap<>();
    while (!enough.await(APPEND_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      for (UUID key : keys) {
        int sequence = last.merge(key, 1, Integer::sum);
        new TransactionTemplate(transactions)
            .executeWithoutResult(_ -> outbox.append(expired(key, sequence)));
      }
    }
    return new Written(last);
  }

  private void awaitOldestAgeAbove(double seconds) {
    await().atMost(EVENTUALLY).until(() -> oldestAgeSeconds() > seconds);
  }

  private void awaitOldestAgeBelow(double seconds) {
    await().atMost(EVENTUALLY).until(() -> oldestAgeSeconds() < seconds);
  }

  private void awaitPublishedSince(double publishedBefore) {
    await().atMost(EVENTUALLY).until(() -> published() > publishedBefore + MIN_PUBLISHED_EVENTS);
  }

  /** How many events both relays have published, by their own count. */
  private double published() {
    return relayMetrics.counter("cpd.outbox.published").count();
  }

  private double oldestAgeSeconds() {
    // The gauge is renewed every five seconds only.
    return jdbc
        .sql("SELECT event_id FROM outbox ORDER BY id LIMIT 1")
        .query(UUID.class)
        .optional()
        .stream()
        .mapToDouble(oldest ->
            Duration.between(OutboxRelay.createdAt(oldest), Instant.now()).toMillis() / 1_000.0)
        .findFirst()
        .orElse(0);
  }

  private long waiting() {
    return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  /** All committed records, in the order of each partition. */
  private static List<ConsumerRecord<String, byte[]>> committed(String bootstrapServers) {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(
                number -> new TopicPartition(Topic.REGISTRATION_REGISTRATIONS.topicName(), number))
            .toList();
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<TopicPartition> open = new HashSet<>(partitions);
      await()
          .atMost(EVENTUALLY)
          .until(() -> {
            consumer.poll(POLL).forEach(records::add);
            open.removeIf(
                partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            return open.isEmpty();
          });
    }
    return records;
  }

  private OutboxRelay relay(String bootstrapServers) {
    return new OutboxRelay(
        SERVICE,
        new OwnTopics("registration"),
        new OutboxRelay.Connections() {
          @Override
          public Connection openConnection() throws SQLException {
            return MessagingConfiguration.connect(database, SERVICE);
          }

          @Override
          public Producer<String, byte[]> openProducer() {
            return producer(bootstrapServers);
          }
        },
        Clock.systemUTC(),
        relayMetrics);
  }

  /** A producer like a service's, with shorter timeouts. */
  private static Producer<String, byte[]> producer(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            SERVICE + "-outbox",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            MAX_DELIVERY_TIME.toMillis(),
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) MAX_REQUEST_TIME.toMillis(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            (int) MAX_DELIVERY_TIME.toMillis(),
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            (int) MAX_TRANSACTION_TIME.toMillis());
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Relays reach it by the proxy, the test directly. */
  private KafkaBroker broker(int directPort, int brokerPort, int proxyPort) {
    int controllerPort = FreePort.any();
    return KafkaBroker.start(
        directory,
        directPort,
        controllerPort,
        Map.of(
            "listeners",
            "DIRECT://127.0.0.1:%d,PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                .formatted(directPort, brokerPort, controllerPort),
            "advertised.listeners",
            "DIRECT://127.0.0.1:%d,PLAINTEXT://127.0.0.1:%d".formatted(directPort, proxyPort),
            "listener.security.protocol.map",
            "DIRECT:PLAINTEXT,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name",
            "DIRECT"));
  }

  private static int sequenceOf(ConsumerRecord<String, byte[]> record) {
    return (int)
        ContractsJson.read(record.value(), RegistrationExpired.class).expiredAt().getEpochSecond();
  }

  private static String idOf(ConsumerRecord<String, byte[]> record) {
    return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
  }

  private static RegistrationExpired expired(UUID registrationId, int sequence) {
    return new RegistrationExpired(
        registrationId,
        new UUID(0, 1),
        new UUID(0, 2),
        new UUID(0, 3),
        Instant.ofEpochSecond(sequence));
  }
}
