package io.cpdevents.platform.messaging;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The quarantine of messages that could not be handled, together with later messages of the same
 * key, which are queued behind them. An operator replays or drops the first message of a key; the
 * others follow in order.
 */
public final class ParkedMessages {

  /**
   * A parked message without its payload, as an operator sees it.
   *
   * @param attempts how often it was tried; 0 when it was queued behind another one
   * @param behind how many later messages of its key are queued behind it
   */
  @Schema(name = "ParkedMessage")
  public record View(
      long id,
      String topic,
      String key,
      @Nullable UUID eventId,
      @Nullable String eventType,
      @Schema(example = "IllegalStateException: no such payment") String reason,
      int attempts,
      long behind,
      Instant parkedAt) {}

  private static final Logger log = LoggerFactory.getLogger(ParkedMessages.class);
  private static final int MAX_REASON_CHARACTERS = 1_000;
  private static final int MAX_LISTED_KEYS = 100;

  private final String consumer;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Map<String, Consumer<Message>> handlersByTopic = new ConcurrentHashMap<>();

  ParkedMessages(
      String consumer, JdbcClient jdbc, TransactionTemplate transaction, Clock systemClock) {
    this.consumer = consumer;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = systemClock;
  }

  /** Registers how the messages of a topic are replayed. */
  void register(String topic, Consumer<Message> handler) {
    handlersByTopic.put(topic, handler);
  }

  /**
   * Queues the message behind an earlier parked one of its key; false when none is parked any more,
   * because a replay has ended before the key was locked.
   */
  boolean queueBehind(String consumer, Message message) {
    lockKey(consumer, message.topic(), message.key());
    if (!isParked(consumer, message)) {
      return false;
    }
    insert(message, "is queued behind an earlier message of its key", 0);
    return true;
  }

  /** Parks a message after its last attempt, in a transaction of its own. */
  void park(Message message, Throwable failure, int attempts) {
    log.error(
        "{} of key {} is parked after {} attempts",
        message.describe(),
        message.key(),
        attempts,
        failure);
    transaction.executeWithoutResult(_ -> {
      lockKey(consumer, message.topic(), message.key());
      insert(message, describe(failure), attempts);
    });
  }

  /** The first parked message of each key, the oldest first, for at most 100 keys. */
  public List<View> list() {
    return jdbc.sql(
            """
            WITH first AS (
                SELECT min(id) AS id, count(*) - 1 AS behind
                FROM parked_message
                GROUP BY consumer, topic, key
                ORDER BY min(id)
                LIMIT :maxKeys
            )
            SELECT p.id, p.topic, p.key, p.event_id, p.event_type, p.reason, p.attempts, f.behind,
                p.parked_at
            FROM first f JOIN parked_message p ON p.id = f.id
            ORDER BY p.id
            """)
        .param("maxKeys", MAX_LISTED_KEYS)
        .query((row, _) ->
            new View(
                row.getLong("id"),
                row.getString("topic"),
                row.getString("key"),
                Columns.uuidOrNull(row, "event_id"),
                row.getString("event_type"),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getLong("behind"),
                Columns.instant(row, "parked_at")))
        .list();
  }

  /** How many messages are parked or queued behind a parked one. */
  long count() {
    return jdbc.sql("SELECT count(*) FROM parked_message").query(Long.class).single();
  }

  /**
   * Replays the parked messages of this one's key in order, until one fails.
   *
   * @return how many were handled
   * @throws RuleViolation 404 {@code parked-message-not-found}; 409 {@code not-first-of-key}; 409
   *     {@code replay-failed} when the first of them fails again; 409 {@code no-listener} when this
   *     version does not listen to its topic
   */
  public int replay(long id) {
    Parked asked = requireFirstOfKey(id);
    handlerOf(asked);
    int handled = replayInOrder(asked.message().topic(), asked.message().key());
    if (handled == 0) {
      throw CommonProblem.REPLAY_FAILED.violation();
    }
    return handled;
  }

  /**
   * Drops a message. The messages behind it are then replayed in order, until one fails.
   *
   * @param inTransaction runs in the transaction that drops it
   * @throws RuleViolation 404 {@code parked-message-not-found}; 409 {@code not-first-of-key}
   */
  public void drop(long id, Runnable inTransaction) {
    Parked asked = requireFirstOfKey(id);
    transaction.executeWithoutResult(_ -> {
      // With the lock, no other transaction can queue a message behind it unseen.
      lockKey(consumer, asked.message().topic(), asked.message().key());
      int deleted = jdbc.sql("DELETE FROM parked_message WHERE id = :id").param("id", id).update();
      if (deleted == 0) {
        throw CommonProblem.PARKED_MESSAGE_NOT_FOUND.violation();
      }
      inTransaction.run();
    });
    log.warn("{} of key {} was dropped", asked.message().describe(), asked.message().key());
    replayInOrder(asked.message().topic(), asked.message().key());
  }

  /** Stops at the first one that fails and stores the reason; returns how many were handled. */
  private int replayInOrder(String topic, String key) {
    int handled = 0;
    for (Parked next = firstOfKey(topic, key); next != null; next = firstOfKey(topic, key)) {
      try {
        replayOne(next);
      } catch (RuntimeException failure) {
        saveFailure(next, failure);
        return handled;
      }
      handled++;
    }
    return handled;
  }

  private void replayOne(Parked parked) {
    Consumer<Message> handler = handlerOf(parked);
    transaction.executeWithoutResult(_ -> {
      lockKey(consumer, parked.message().topic(), parked.message().key());
      int deleted =
          jdbc.sql("DELETE FROM parked_message WHERE id = :id").param("id", parked.id()).update();
      if (deleted == 1) {
        handler.accept(parked.message());
      }
    });
  }

  private Consumer<Message> handlerOf(Parked parked) {
    Consumer<Message> handler = handlersByTopic.get(parked.message().topic());
    if (handler == null) {
      throw CommonProblem.NO_LISTENER.violation();
    }
    return handler;
  }

  private void saveFailure(Parked parked, RuntimeException failure) {
    log.warn("The replay of {} failed", parked.message().describe(), failure);
    jdbc.sql(
            """
            UPDATE parked_message SET attempts = attempts + 1, reason = :reason WHERE id = :id
            """)
        .param("id", parked.id())
        .param("reason", describe(failure))
        .update();
  }

  private Parked requireFirstOfKey(long id) {
    Parked asked =
        jdbc.sql("SELECT * FROM parked_message WHERE id = :id")
            .param("id", id)
            .query(Parked::read)
            .optional()
            .orElseThrow(() -> CommonProblem.PARKED_MESSAGE_NOT_FOUND.violation());
    Parked first = firstOfKey(asked.message().topic(), asked.message().key());
    if (first == null || first.id() != id) {
      throw CommonProblem.NOT_FIRST_OF_KEY.violation();
    }
    return asked;
  }

  private @Nullable Parked firstOfKey(String topic, String key) {
    return jdbc.sql(
            """
            SELECT * FROM parked_message
            WHERE consumer = :consumer AND topic = :topic AND key = :key
            ORDER BY id
            LIMIT 1
            """)
        .param("consumer", consumer)
        .param("topic", topic)
        .param("key", key)
        .query(Parked::read)
        .optional()
        .orElse(null);
  }

  private boolean isParked(String consumer, Message message) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM parked_message
                WHERE consumer = :consumer AND topic = :topic AND key = :key)
            """)
        .param("consumer", consumer)
        .param("topic", message.topic())
        .param("key", message.key())
        .query(Boolean.class)
        .single();
  }

  private void lockKey(String consumer, String topic, String key) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .param("name", "parked:" + consumer + ":" + topic + ":" + key)
        .query((_, _) -> true)
        .single();
  }

  private void insert(Message message, String reason, int attempts) {
    jdbc.sql(
            """
            INSERT INTO parked_message (
                consumer, topic, partition, record_offset, key, event_id, event_type, payload,
                trace_parent, reason, attempts, parked_at)
            VALUES (
                :consumer, :topic, :partition, :offset, :key, :eventId, :eventType, :payload,
                :traceParent, :reason, :attempts, :parkedAt)
            ON CONFLICT (consumer, topic, partition, record_offset) DO NOTHING
            """)
        .param("consumer", consumer)
        .param("topic", message.topic())
        .param("partition", message.partition())
        .param("offset", message.offset())
        .param("key", message.key())
        .param("eventId", Parameters.uuid(message.eventId()))
        .param("eventType", Parameters.text(message.eventType()))
        .param("payload", Parameters.bytes(message.payload()))
        .param("traceParent", Parameters.text(message.traceParent()))
        .param("reason", reason)
        .param("attempts", attempts)
        .param("parkedAt", Parameters.instant(clock.instant()))
        .update();
  }

  private static String describe(Throwable failure) {
    String text = failure.toString();
    return text.length() <= MAX_REASON_CHARACTERS ? text : text.substring(0, MAX_REASON_CHARACTERS);
  }

  private record Parked(long id, Message message) {
    static Parked read(ResultSet row, int index) throws SQLException {
      return new Parked(
          row.getLong("id"),
          new Message(
              row.getString("topic"),
              row.getInt("partition"),
              row.getLong("record_offset"),
              row.getString("key"),
              Columns.uuidOrNull(row, "event_id"),
              row.getString("event_type"),
              row.getBytes("payload"),
              row.getString("trace_parent")));
    }
  }
}
