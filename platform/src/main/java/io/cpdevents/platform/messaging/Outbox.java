package io.cpdevents.platform.messaging;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.observability.TraceContext;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.state.TransitionRecorder;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transactional outbox: an event is inserted in the transaction of the change that it tells,
 * and published to Kafka after the commit, at least once, for each key in the order of commits.
 *
 * <p>Lock the aggregate before you append, so that two transactions cannot append to one key in
 * another order than they commit.
 */
public final class Outbox {

  /** The largest event that is accepted. Kafka's limit for a record is four times as large. */
  public static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final TraceContext traceContext;
  private final OutboxRelay relay;

  Outbox(JdbcClient jdbc, Clock clock, TraceContext traceContext, OutboxRelay relay) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.traceContext = traceContext;
    this.relay = relay;
  }

  /**
   * Appends an event, which is published if the surrounding transaction commits.
   *
   * @throws IllegalStateException outside a transaction
   * @throws IllegalArgumentException when the event is larger than {@link #MAX_PAYLOAD_BYTES}
   */
  public void append(Event event) {
    insert(row(event));
  }

  /**
   * Appends a tombstone, which erases a key of a compacted topic if the surrounding transaction
   * commits.
   *
   * @throws IllegalStateException outside a transaction
   * @throws IllegalArgumentException when the topic is not compacted
   */
  public void appendTombstone(Topic topic, String key) {
    if (!topic.isCompacted()) {
      throw new IllegalArgumentException(topic + " is not compacted");
    }
    insert(
        new OutboxRow(
            topic.topicName(),
            key,
            Ids.next(),
            null,
            null,
            clock.instant(),
            traceContext.current()));
  }

  /**
   * The row that {@link #append} would insert, for a hot path that inserts it in a statement of its
   * own; it then calls {@link #wakeAfterCommit}.
   *
   * @throws IllegalArgumentException when the event is larger than {@link #MAX_PAYLOAD_BYTES}, or
   *     its topic is not fed by an outbox
   */
  public OutboxRow row(Event event) {
    if (!event.topic().isFedByOutbox()) {
      throw new IllegalArgumentException(event.topic() + " is not fed by an outbox");
    }
    byte[] payload = ContractsJson.write(event);
    String type = EventType.nameOf(event.getClass());
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "%s %s has %d bytes, more than %d"
              .formatted(type, event.key(), payload.length, MAX_PAYLOAD_BYTES));
    }
    TransitionRecorder.onAppended(event.getClass());
    return new OutboxRow(
        event.topic().topicName(),
        event.key(),
        Ids.next(),
        type,
        payload,
        clock.instant(),
        traceContext.current());
  }

  /** Wakes the relay when the surrounding transaction has committed. */
  public void wakeAfterCommit() {
    requireTransaction();
    if (!TransactionSynchronizationManager.hasResource(this)) {
      TransactionSynchronizationManager.bindResource(this, true);
      TransactionSynchronizationManager.registerSynchronization(new WakeUp());
    }
  }

  /** Registered once for a transaction, however much it appends. */
  private final class WakeUp implements TransactionSynchronization {
    @Override
    public void afterCommit() {
      relay.wake();
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(Outbox.this);
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Outbox.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Outbox.this, true);
    }
  }

  private void insert(OutboxRow row) {
    requireTransaction();
    jdbc.sql(
            """
            INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at, trace_parent)
            VALUES (:topic, :key, :eventId, :eventType, :payload, :occurredAt, :traceParent)
            """)
        .param("topic", row.topic())
        .param("key", row.key())
        .param("eventId", row.eventId())
        .param("eventType", Parameters.text(row.eventType()))
        .param("payload", Parameters.bytes(row.payload()))
        .param("occurredAt", Parameters.instant(row.occurredAt()))
        .param("traceParent", Parameters.text(row.traceParent()))
        .update();
    wakeAfterCommit();
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the outbox can be written in a transaction only");
    }
  }
}
