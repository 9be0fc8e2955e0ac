package io.cpdevents.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.testservice.TestService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@CpdIntegrationTest(classes = TestService.class)
class InboxIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Outbox outbox;
  @Autowired ParkedMessages parked;
  @Autowired TestService.Listener listener;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;
  @Autowired KafkaConnectionDetails kafka;
  @Autowired KafkaProperties kafkaProperties;
  @Autowired ApiClient api;

  @Value("${spring.application.name}")
  String consumer;

  @Test
  void a_duplicate_of_an_event_has_no_effect() throws Exception {
    UUID id = Ids.next();
    OutboxRow row = outbox.row(expired(id, 1));
    publish(row);
    publish(row);
    publish(outbox.row(expired(id, 2)));
    await().atMost(SOON).until(() -> handled(id).contains(2));
    assertThat(handled(id)).containsExactly(1, 2);
  }

  @Test
  void the_messages_of_a_poll_are_handled_in_one_transaction_and_duplicates_have_no_effect()
      throws Exception {
    UUID id = Ids.next();
    List<OutboxRow> rows =
        IntStream.rangeClosed(1, 20)
            .mapToObj(sequence -> outbox.row(expired(id, sequence)))
            .toList();
    List<OutboxRow> withDuplicates = new ArrayList<>(rows);
    withDuplicates.addAll(rows.subList(5, 10));
    publish(withDuplicates.toArray(OutboxRow[]::new));
    await().atMost(SOON).until(() -> handled(id).contains(20));
    assertThat(handled(id)).isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
    assertThat(
            jdbc.sql("SELECT count(DISTINCT xmin::text) FROM handled WHERE key = :key")
                .param("key", id.toString())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void a_message_that_cannot_be_handled_does_not_undo_others_of_its_batch() throws Exception {
    UUID before = Ids.next();
    UUID poisoned = Ids.next();
    UUID behind = Ids.next();
    listener.poison.add(poisoned);
    publish(
        outbox.row(expired(before, 1)),
        outbox.row(expired(poisoned, 1)),
        outbox.row(expired(behind, 1)),
        outbox.row(expired(before, 2)));
    await().atMost(SOON).until(() -> parkedOf(poisoned).size() == 1);
    await().atMost(SOON).until(() -> handled(before).equals(List.of(1, 2)));
    await().atMost(SOON).until(() -> handled(behind).equals(List.of(1)));
    assertThat(handled(poisoned)).isEmpty();
    listener.poison.remove(poisoned);
    assertThat(parked.replay(parkedOf(poisoned).getFirst().id())).isEqualTo(1);
    assertThat(handled(poisoned)).containsExactly(1);
  }

  @Test
  void an_unknown_type_is_skipped() throws Exception {
    UUID id = Ids.next();
    OutboxRow known = outbox.row(expired(id, 1));
    publish(
        new OutboxRow(
            known.topic(),
            known.key(),
            Ids.next(),
            "registration.SomethingNew.v1",
            "{}".getBytes(StandardCharsets.UTF_8),
            known.occurredAt(),
            null));
    publish(known);
    await().atMost(SOON).until(() -> handled(id).equals(List.of(1)));
    assertThat(parkedOf(id)).isEmpty();
  }

  @Test
  void an_ignored_event_is_skipped_by_itself_and_in_a_batch() throws Exception {
    UUID id = Ids.next();
    OutboxRow alone = outbox.row(confirmed(id));
    OutboxRow among = outbox.row(confirmed(id));
    publish(alone);
    publish(outbox.row(expired(id, 1)), among, outbox.row(expired(id, 2)));
    await().atMost(SOON).until(() -> handled(id).equals(List.of(1, 2)));
    assertThat(parkedOf(id)).isEmpty();
    assertThat(
            jdbc.sql("SELECT count(*) FROM inbox WHERE event_id IN (:alone, :among)")
                .param("alone", alone.eventId())
                .param("among", among.eventId())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void a_transient_failure_is_retried_until_it_succeeds() {
    UUID id = Ids.next();
    listener.outages.set(7);
    append(id, 1);
    append(id, 2);
    await().atMost(Duration.ofSeconds(40)).until(() -> handled(id).equals(List.of(1, 2)));
    assertThat(parkedOf(id)).isEmpty();
  }

  @Test
  void a_permanent_failure_after_a_transient_one_is_parked_too() {
    UUID id = Ids.next();
    listener.poison.add(id);
    listener.outages.set(3);
    append(id, 1);
    await().atMost(SOON).until(() -> parkedOf(id).size() == 1);
    assertThat(listener.outages).hasValueLessThanOrEqualTo(0);
    assertThat(handled(id)).isEmpty();
  }

  @Test
  void an_event_with_its_own_transaction_is_never_batched() throws Exception {
    UUID first = Ids.next();
    UUID second = Ids.next();
    publish(
        outbox.row(expired(first, 1)),
        outbox.row(refundRequested(first)),
        outbox.row(expired(first, 2)),
        outbox.row(expired(second, 1)));
    await().atMost(SOON).until(() -> handled(first).equals(List.of(1, 2)));
    await().atMost(SOON).until(() -> handled(second).equals(List.of(1)));
    assertThat(
            jdbc.sql("SELECT count(DISTINCT xmin::text) FROM handled WHERE key = :key")
                .param("key", first.toString())
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void a_poisoned_message_is_parked_with_later_ones_of_its_key_and_they_are_replayed_in_order() {
    UUID poisoned = Ids.next();
    UUID healthy = Ids.next();
    listener.poison.add(poisoned);
    append(poisoned, 1);
    append(poisoned, 2);
    append(poisoned, 3);
    append(healthy, 1);
    await().atMost(SOON).until(() -> rowsOf(poisoned).size() == 3);
    await().atMost(SOON).until(() -> handled(healthy).equals(List.of(1)));
    assertThat(handled(poisoned)).isEmpty();

    List<ParkedMessages.View> waiting = parkedOf(poisoned);
    assertThat(waiting).hasSize(1);
    assertThat(waiting.getFirst().attempts()).isEqualTo(5);
    assertThat(waiting.getFirst().behind()).isEqualTo(2);
    assertThatThrownBy(() -> parked.replay(rowsOf(poisoned).get(1)))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("not-first-of-key"));
    assertThatThrownBy(() -> parked.replay(waiting.getFirst().id()))
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo("replay-failed"));

    listener.poison.remove(poisoned);
    assertThat(parked.replay(waiting.getFirst().id())).isEqualTo(3);
    assertThat(handled(poisoned)).containsExactly(1, 2, 3);
    assertThat(parkedOf(poisoned)).isEmpty();
    append(poisoned, 4);
    await().atMost(SOON).until(() -> handled(poisoned).equals(List.of(1, 2, 3, 4)));
  }

  @Test
  void dropping_a_parked_message_replays_those_behind_it() {
    UUID id = Ids.next();
    listener.poison.add(id);
    append(id, 1);
    append(id, 2);
    append(id, 3);
    await().atMost(SOON).until(() -> rowsOf(id).size() == 3);
    AtomicInteger noted = new AtomicInteger();
    parked.drop(parkedOf(id).getFirst().id(), noted::incrementAndGet);
    assertThat(rowsOf(id)).as("the next one fails as well and stays").hasSize(2);
    listener.poison.remove(id);
    parked.drop(parkedOf(id).getFirst().id(), noted::incrementAndGet);
    assertThat(handled(id)).containsExactly(3);
    assertThat(parkedOf(id)).isEmpty();
    assertThat(noted).hasValue(2);
  }

  @Test
  void partitions_of_coming_weeks_are_created_and_old_ones_are_dropped() {
    InboxStore store = new InboxStore(jdbc);
    Instant start = Instant.parse("2031-01-01T00:00:00Z");
    store.maintain(start, start.plus(Duration.ofDays(14)));
    assertThat(weeks()).hasSize(3);
    store.maintain(start.plus(Duration.ofDays(7)), start.plus(Duration.ofDays(14)));
    assertThat(weeks()).hasSize(2);
    assertThat(store.insertIfNew(Ids.smallestAt(start.plus(Duration.ofDays(8))), "test")).isTrue();
    assertThat(store.insertIfNew(Ids.smallestAt(start.plus(Duration.ofDays(8))), "test")).isFalse();
    Instant now = Instant.now();
    store.maintain(now.minus(Duration.ofDays(28)), now.plus(Duration.ofDays(28)));
  }

  private List<String> weeks() {
    return jdbc.sql(
            """
            SELECT relname FROM pg_class
            WHERE relname ~ '^inbox_w[0-9]+$' AND relkind = 'r'
              AND substring(relname FROM 8)::bigint >= floor(
                  extract(epoch FROM timestamptz '2030-12-01') / (7 * 24 * 3600))
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  @Test
  void what_cannot_be_replayed_is_refused_by_its_code() {
    ApiClient admin = api.as(TestTokens.bearer(Ids.next(), Set.of("platform-admin"), Map.of()));
    long ofNoTopic =
        jdbc.sql(
                """
                INSERT INTO parked_message
                    (consumer, topic, partition, record_offset, key, reason, attempts, parked_at)
                VALUES (:consumer, 'gone.things.v1', 0, 0, 'x', 'of a version before', 5, now())
                RETURNING id
                """)
            .param("consumer", consumer)
            .query(Long.class)
            .single();
    String path = "/api/v1/ops/registration/parked-messages/";

    admin.post(path + ofNoTopic + "/replay").refused(409, "no-listener");

    admin.delete(path + ofNoTopic).expect(204);
    admin.delete(path + ofNoTopic).refused(404, "parked-message-not-found");
    admin.post(path + ofNoTopic + "/replay").refused(404, "parked-message-not-found");
  }

  private List<Integer> handled(UUID id) {
    return jdbc.sql("SELECT sequence FROM handled WHERE key = :key ORDER BY id")
        .param("key", id.toString())
        .query((row, _) -> row.getInt(1))
        .list();
  }

  private List<Long> rowsOf(UUID id) {
    return jdbc.sql("SELECT id FROM parked_message WHERE key = :key ORDER BY id")
        .param("key", id.toString())
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  private List<ParkedMessages.View> parkedOf(UUID id) {
    return parked.list().stream().filter(view -> view.key().equals(id.toString())).toList();
  }

  private void append(UUID id, int sequence) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(_ -> outbox.append(expired(id, sequence)));
  }

  /** Publishes in one Kafka transaction, so that one poll returns all records of a partition. */
  private void publish(OutboxRow... rows) throws ExecutionException, InterruptedException {
    try (Producer<String, byte[]> producer =
        MessagingConfiguration.openProducer(kafka, kafkaProperties, "copies")) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (OutboxRow row : rows) {
        ProducerRecord<String, byte[]> record =
            new ProducerRecord<>(
                Topic.REGISTRATION_REGISTRATIONS.topicName(), row.key(), row.payload());
        CloudEventHeaders.write(record.headers(), "copies", row);
        sent.add(producer.send(record));
      }
      producer.commitTransaction();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static RegistrationExpired expired(UUID registrationId, int sequence) {
    return new RegistrationExpired(
        registrationId,
        new UUID(0, 1),
        new UUID(0, 2),
        new UUID(0, 3),
        Instant.ofEpochSecond(sequence));
  }

  private static RegistrationConfirmed confirmed(UUID registrationId) {
    return new RegistrationConfirmed(
        registrationId,
        new UUID(0, 1),
        new UUID(0, 2),
        new UUID(0, 3),
        null,
        Instant.ofEpochSecond(1));
  }

  private static RefundRequested refundRequested(UUID registrationId) {
    return new RefundRequested(
        registrationId,
        new UUID(0, 1),
        new UUID(0, 2),
        new UUID(0, 3),
        new UUID(0, 4),
        Ids.next(),
        List.of(),
        true,
        RefundCause.PAYMENT_TOO_LATE,
        Instant.EPOCH);
  }
}
