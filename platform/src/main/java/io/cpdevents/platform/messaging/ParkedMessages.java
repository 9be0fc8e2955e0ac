package io.cpdevents.platform.messaging;

import io.cpdevents.platform.error.RuleViolation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
 * Messages that could not be handled, and those of the same key that wait behind them. An operator
 * replays or drops the first of a key; the rest follows in order.
 */
public final class ParkedMessages {

  /**
   * A parked message as an operator sees it: no payload.
   *
   * @param behind how many later ones of its key wait for it
   * @param attempts how often it was tried; 0 when it waited behind another that has gone since
   */
  public record View(
      long id,
      String topic,
      String key,
      @Nullable UUID eventId,
      @Nullable String eventType,
      String reason,
      int attempts,
      long behind,
      Instant parkedAt) {}

  private static final Logger log = LoggerFactory.getLogger(ParkedMessages.class);
  private static final int MAX_REASON_CHARACTERS = 1_000;
  private static final int MAX_LISTED = 100;

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

  /** Remembers how a topic's messages are handled, for replays. */
  void register(String topic, Consumer<Message> handler) {
    handlersByTopic.put(topic, handler);
  }

  /**
   * Queues the message if an earlier one of its key is still parked once the key is locked: a
   * replay may have ended just now.
   */
  boolean waitsBehind(String consumer, Message message) {
    lockKey(consumer, message.topic(), message.key());
    if (!isParked(consumer, message)) {
      return false;
    }
    insert(message, "waits behind an earlier message of its key", 0);
    return true;
  }

  /** Parks a message that was tried in vain, in a transaction of its own. */
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

  /** The first parked message of each key, the oldest first, at most 100 keys. */
  public List<View> list() {
    return jdbc.sql(
            """
            WITH first AS (
                SELECT min(id) AS id, count(*) - 1 AS behind
                FROM parked_message
                GROUP BY consumer, topic, key
                ORDER BY min(id)
                LIMIT :most
            )
            SELECT p.id, p.topic, p.key, p.event_id, p.event_type, p.reason, p.attempts, f.behind,
                p.parked_at
            FROM first f JOIN parked_message p ON p.id = f.id
            ORDER BY p.id
            """)
        .param("most", MAX_LISTED)
        .query((row, _) ->
            new View(
                row.getLong("id"),
                row.getString("topic"),
                row.getString("key"),
                row.getObject("event_id", UUID.class),
                row.getString("event_type"),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getLong("behind"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** How many messages are parked or wait behind one. */
  long count() {
    return jdbc.sql("SELECT count(*) FROM parked_message").query(Long.class).single();
  }

  /**
   * Handles the parked messages of this one's key again, in order, until one fails.
   *
   * @return how many were handled
   * @throws RuleViolation 404 {@code parked-message-not-found}; 409 {@code not-first-of-key}; 409
   *     {@code replay-failed} when the first of them fails again; 409 {@code no-listener} when this
   *     version listens to its topic no longer
   */
  public int replay(long id) {
    Parked asked = requireFirstOfKey(id);
    handlerOf(asked);
    int handled = replayInOrder(asked.message().topic(), asked.message().key());
    if (handled == 0) {
      throw RuleViolation.conflict("replay-failed", "It fails again; the list says why.");
    }
    return handled;
  }

  /**
   * Gives up on a message; those behind it are then handled in order, until one fails.
   *
   * @param alsoThen runs in the transaction that drops it
   * @throws RuleViolation 404 {@code parked-message-not-found}; 409 {@code not-first-of-key}
   */
  public void drop(long id, Runnable alsoThen) {
    Parked asked = requireFirstOfKey(id);
    transaction.executeWithoutResult(_ -> {
      // Whoever is just queueing behind it is seen, or sees that it has gone.
      lockKey(consumer, asked.message().topic(), asked.message().key());
      int deleted = jdbc.sql("DELETE FROM parked_message WHERE id = :id").param("id", id).update();
      if (deleted == 0) {
        throw RuleViolation.notFound("parked-message-not-found");
      }
      alsoThen.run();
    });
    log.warn("{} of key {} was dropped", asked.message().describe(), asked.message().key());
    replayInOrder(asked.message().topic(), asked.message().key());
  }

  /** Stops at the first that fails and notes why; answers how many were handled. */
  private int replayInOrder(String topic, String key) {
    int handled = 0;
    for (Parked next = firstOfKey(topic, key); next != null; next = firstOfKey(topic, key)) {
      try {
        replayOne(next);
      } catch (RuntimeException failure) {
        noteFailure(next, failure);
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
      throw RuleViolation.conflict("no-listener", "Nobody listens to its topic in this version.");
    }
    return handler;
  }

  private void noteFailure(Parked parked, RuntimeException failure) {
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
            .orElseThrow(() -> RuleViolation.notFound("parked-message-not-found"));
    Parked first = firstOfKey(asked.message().topic(), asked.message().key());
    if (first == null || first.id() != id) {
      throw RuleViolation.conflict(
          "not-first-of-key", "Earlier messages of this key are parked: take them first.");
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
        .param("eventId", message.eventId(), Types.OTHER)
        .param("eventType", message.eventType(), Types.VARCHAR)
        .param("payload", message.payload(), Types.BINARY)
        .param("traceParent", message.traceParent(), Types.VARCHAR)
        .param("reason", reason)
        .param("attempts", attempts)
        .param("parkedAt", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
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
              row.getObject("event_id", UUID.class),
              row.getString("event_type"),
              row.getBytes("payload"),
              row.getString("trace_parent")));
    }
  }
}
