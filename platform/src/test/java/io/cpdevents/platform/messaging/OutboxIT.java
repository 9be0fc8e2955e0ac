package io.cpdevents.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AuditAnchorEvent.AuditLogAnchored;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.RecordedEvent;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.testservice.TestService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@CpdIntegrationTest(classes = TestService.class)
class OutboxIT {

  private static final String SERVICE = "registration-service";
  private static final int KEYS = 20;
  private static final int EVENTS_PER_KEY = 50;
  private static final int KILLS = 6;

  @Autowired Outbox outbox;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired DirectPublisher direct;
  @Autowired PlatformTransactionManager transactions;
  @Autowired JdbcConnectionDetails database;
  @Autowired KafkaConnectionDetails kafka;
  @Autowired KafkaProperties kafkaProperties;

  @Test
  void an_event_arrives_with_its_cloud_event_headers() {
    UUID id = Ids.next();
    inTransaction(() -> outbox.append(expired(id, 1)));
    RecordedEvent<RegistrationExpired> recorded =
        events.awaitRecord(RegistrationExpired.class, event -> event.registrationId().equals(id));
    assertThat(recorded.key()).isEqualTo(id.toString());
    assertThat(recorded.headers())
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_type", "registration.RegistrationExpired.v1")
        .containsEntry("ce_source", "/" + SERVICE)
        .containsEntry("ce_subject", id.toString())
        .containsKeys("ce_id", "ce_time");
  }

  @Test
  void an_event_of_a_transaction_that_rolls_back_is_never_published() {
    UUID lost = Ids.next();
    UUID kept = Ids.next();
    new TransactionTemplate(transactions)
        .executeWithoutResult(status -> {
          outbox.append(expired(lost, 1));
          status.setRollbackOnly();
        });
    inTransaction(() -> outbox.append(expired(kept, 1)));
    events.await(RegistrationExpired.class, event -> event.registrationId().equals(kept));
    assertThat(events.all(RegistrationExpired.class))
        .noneMatch(event -> event.registrationId().equals(lost));
  }

  @Test
  void an_event_outside_a_transaction_or_too_large_is_refused() {
    assertThatThrownBy(() -> outbox.append(expired(Ids.next(), 1)))
        .isInstanceOf(IllegalStateException.class);
    AuditEntryRecorded large = audit("large", "x".repeat(Outbox.MAX_PAYLOAD_BYTES));
    assertThatThrownBy(() -> inTransaction(() -> outbox.append(large)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes");
    assertThatThrownBy(() ->
            inTransaction(() -> outbox.appendTombstone(Topic.REGISTRATION_REGISTRATIONS, "k")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_watches_the_database_is_not_published_from_it() {
    AuditLogAnchored anchor =
        new AuditLogAnchored(Ids.next().toString(), 1, "hash", Instant.EPOCH, "signature");
    assertThatThrownBy(() -> inTransaction(() -> outbox.append(anchor)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatNobodyHears(anchor);
  }

  /** Whoever holds a database writes any row: of a payment that another service captured, say. */
  @Test
  void nothing_is_published_in_the_name_of_another_service_and_others_go_on() {
    PaymentCancelled forged = new PaymentCancelled(Ids.next(), Ids.next(), Instant.EPOCH);

    assertThatNobodyHears(forged);
  }

  private void assertThatNobodyHears(Event event) {
    UUID before = Ids.next();
    UUID after = Ids.next();
    inTransaction(() -> {
      outbox.append(expired(before, 1));
      // Two of one key and a third: one batch.
      write(event.topic().topicName(), event.key(), event);
      write(event.topic().topicName(), event.key(), event);
      write(event.topic().topicName(), "another key", event);
      outbox.append(expired(after, 1));
    });
    try {
      events.await(RegistrationExpired.class, each -> each.registrationId().equals(before));
      events.await(RegistrationExpired.class, each -> each.registrationId().equals(after));

      assertThat(
              jdbc.sql("SELECT key FROM outbox_parked_key WHERE topic = :topic AND reason = :why")
                  .param("topic", event.topic().topicName())
                  .param("why", OutboxRelay.NOT_OURS)
                  .query(String.class)
                  .list())
          .containsExactlyInAnyOrder(event.key(), "another key");
      assertThat(events.raw())
          .noneMatch(record ->
              record.topic().equals(event.topic().topicName())
                  && (record.key().equals(event.key()) || record.key().equals("another key")));
    } finally {
      assertThat(
              jdbc.sql("DELETE FROM outbox WHERE topic = :topic")
                  .param("topic", event.topic().topicName())
                  .update())
          .as("they have stayed, to be looked at")
          .isEqualTo(3);
      jdbc.sql("DELETE FROM outbox_parked_key").update();
    }
  }

  private void write(String topic, String key, Event event) {
    jdbc.sql(
            """
            INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at)
            VALUES (:topic, :key, :eventId, :type, :payload, now())
            """)
        .param("topic", topic)
        .param("key", key)
        .param("eventId", Ids.next())
        .param("type", EventType.nameOf(event.getClass()))
        .param("payload", ContractsJson.write(event))
        .update();
  }

  @Test
  void past_the_outbox_goes_nothing_else() {
    AuditLogAnchored anchor =
        new AuditLogAnchored(Ids.next().toString(), 1, "hash", Instant.EPOCH, "signature");

    direct.publish(anchor);

    assertThat(events.awaitRecord(AuditLogAnchored.class, event -> event.equals(anchor)).headers())
        .containsEntry("ce_type", "accounts.AuditLogAnchored.v1")
        .containsKeys("ce_id", "ce_source");
    assertThatThrownBy(() -> direct.publish(expired(Ids.next(), 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_tombstone_has_a_key_and_no_value() {
    String key = Ids.next().toString();
    inTransaction(() -> outbox.appendTombstone(Topic.REGISTRATION_EVENTS, key));
    await()
        .untilAsserted(() ->
            assertThat(events.raw())
                .anyMatch(record -> key.equals(record.key()) && record.value() == null));
  }

  /** Two relays compete, and lose their database connections during batches again and again. */
  @Test
  void no_event_is_lost_or_reordered_when_leaders_die() throws Exception {
    List<UUID> keys = IntStream.range(0, KEYS).mapToObj(_ -> Ids.next()).toList();
    OutboxRelay second = relay();
    second.start();
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> written = new ArrayList<>();
      for (UUID key : keys) {
        written.add(
            writers.submit(() -> {
              for (int sequence = 1; sequence <= EVENTS_PER_KEY; sequence++) {
                int current = sequence;
                inTransaction(() -> outbox.append(expired(key, current)));
              }
            }));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() ->
                jdbc.sql(
                            """
                            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                            WHERE application_name LIKE '%outbox relay'
                              AND datname = current_database() AND usename = current_user
                            """)
                        .query(Long.class)
                        .single()
                    > 0);
      }
      for (Future<?> future : written) {
        future.get();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(distinctSequences(keys)).allSatisfy(OutboxIT::isWhole));
      await()
          .untilAsserted(() ->
              assertThat(jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single())
                  .isZero());
    } finally {
      second.stop();
    }
  }

  @Test
  void events_of_a_missing_topic_wait_and_other_topics_are_published() {
    UUID missing = Ids.next();
    jdbc.sql(
            """
            INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at)
            SELECT 'registration.not-yet.v1', 'k' || n, uuidv7(), 'registration.NotYet.v1', '{}', now()
            FROM generate_series(1, 3) AS n
            """)
        .update();
    try {
      inTransaction(() -> outbox.append(expired(missing, 1)));
      events.await(RegistrationExpired.class, event -> event.registrationId().equals(missing));
      UUID later = Ids.next();
      inTransaction(() -> outbox.append(expired(later, 1)));
      events.await(RegistrationExpired.class, event -> event.registrationId().equals(later));
      assertThat(
              jdbc.sql("SELECT count(*) FROM outbox WHERE topic = 'registration.not-yet.v1'")
                  .query(Integer.class)
                  .single())
          .isEqualTo(3);
      assertThat(jdbc.sql("SELECT count(*) FROM outbox_parked_key").query(Integer.class).single())
          .isZero();
    } finally {
      jdbc.sql("DELETE FROM outbox WHERE topic = 'registration.not-yet.v1'").update();
    }
  }

  @Test
  void a_record_that_kafka_rejects_parks_its_key_and_other_keys_are_published() throws Exception {
    limitRecordsTo("1500");
    try {
      String refused = "refused-" + Ids.next();
      String other = "other-" + Ids.next();
      // In one transaction, so that they are one batch, of which only one record is rejected.
      inTransaction(() -> {
        outbox.append(audit(refused, "x".repeat(20_000)));
        outbox.append(audit(refused, "small, but after it"));
        outbox.append(audit(other, "small"));
      });
      events.await(AuditEntryRecorded.class, entry -> entry.subjectId().equals(other));
      assertThat(jdbc.sql("SELECT key FROM outbox_parked_key").query(String.class).list())
          .containsExactly(refused);
      assertThat(
              jdbc.sql("SELECT count(*) FROM outbox WHERE key = :key")
                  .param("key", refused)
                  .query(Long.class)
                  .single())
          .isEqualTo(2);
      assertThat(events.all(AuditEntryRecorded.class))
          .noneMatch(entry -> entry.subjectId().equals(refused));

      limitRecordsTo("1048588");
      jdbc.sql("DELETE FROM outbox_parked_key").update();
      events.await(
          AuditEntryRecorded.class,
          entry ->
              entry.subjectId().equals(refused)
                  && "small, but after it".equals(entry.details().get("note")));
    } finally {
      limitRecordsTo("1048588");
    }
  }

  private static void isWhole(List<Integer> sequences) {
    assertThat(sequences)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, EVENTS_PER_KEY).boxed().toList());
  }

  /** What a consumer sees of each key after its inbox has dropped duplicates (by ce_id). */
  private List<List<Integer>> distinctSequences(List<UUID> keys) {
    Map<String, List<RecordedEvent<RegistrationExpired>>> byKey =
        events.allRecords(RegistrationExpired.class).stream()
            .collect(Collectors.groupingBy(RecordedEvent::key));
    return keys.stream()
        .map(key -> byKey.getOrDefault(key.toString(), List.of()))
        .map(OutboxIT::withoutDuplicates)
        .toList();
  }

  private static List<Integer> withoutDuplicates(List<RecordedEvent<RegistrationExpired>> records) {
    Map<String, Integer> firstById = new LinkedHashMap<>();
    for (RecordedEvent<RegistrationExpired> record : records) {
      firstById.putIfAbsent(
          String.valueOf(record.headers().get("ce_id")),
          (int) record.event().expiredAt().getEpochSecond());
    }
    return List.copyOf(firstById.values());
  }

  private void limitRecordsTo(String bytes) throws ExecutionException, InterruptedException {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, Topic.REGISTRATION_AUDIT_ENTRIES.topicName());
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", kafka.getProducer().getBootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  topic,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private OutboxRelay relay() {
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
            return MessagingConfiguration.openProducer(kafka, kafkaProperties, SERVICE);
          }
        },
        Clock.systemUTC(),
        new SimpleMeterRegistry());
  }

  private void inTransaction(Runnable work) {
    new TransactionTemplate(transactions).executeWithoutResult(_ -> work.run());
  }

  private static RegistrationExpired expired(UUID registrationId, int sequence) {
    return new RegistrationExpired(
        registrationId,
        new UUID(0, 1),
        new UUID(0, 2),
        new UUID(0, 3),
        Instant.ofEpochSecond(sequence));
  }

  private static AuditEntryRecorded audit(String subjectId, String note) {
    return new AuditEntryRecorded(
        Ids.next(),
        "registration",
        null,
        "thing.noted",
        "thing",
        subjectId,
        null,
        Instant.EPOCH,
        null,
        null,
        Map.of("note", note),
        "system",
        null,
        null,
        null);
  }
}
