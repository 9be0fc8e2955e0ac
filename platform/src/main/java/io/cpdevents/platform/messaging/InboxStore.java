package io.cpdevents.platform.messaging;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All SQL about the {@code inbox} table. */
final class InboxStore {

  private final JdbcClient jdbc;

  InboxStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What a look at the inbox says of a message. */
  enum Arrival {
    /** This consumer has not handled it: it is noted now, in the running transaction. */
    FIRST,
    /** This consumer has handled it before. */
    COPY,
    /** An earlier message of its key is parked: nothing is noted. */
    BEHIND_PARKED
  }

  /** Notes the event in the running transaction, unless an earlier message of its key is parked. */
  Arrival arrive(String consumer, UUID eventId, String topic, String key) {
    return jdbc.sql(
            """
            WITH parked AS (
                SELECT FROM parked_message
                WHERE consumer = :consumer AND topic = :topic AND key = :key
                LIMIT 1
            ), noted AS (
                INSERT INTO inbox (event_id, consumer)
                SELECT :eventId, :consumer WHERE NOT EXISTS (SELECT FROM parked)
                ON CONFLICT DO NOTHING
                RETURNING 1
            )
            SELECT EXISTS (SELECT FROM parked) AS behind_parked,
                   EXISTS (SELECT FROM noted) AS first
            """)
        .param("eventId", eventId)
        .param("consumer", consumer)
        .param("topic", topic)
        .param("key", key)
        .query((row, _) ->
            row.getBoolean("behind_parked")
                ? Arrival.BEHIND_PARKED
                : row.getBoolean("first") ? Arrival.FIRST : Arrival.COPY)
        .single();
  }

  /** Notes the event in the running transaction; false when this consumer has handled it before. */
  boolean isFirst(UUID eventId, String consumer) {
    return jdbc.sql(
                """
                INSERT INTO inbox (event_id, consumer) VALUES (:eventId, :consumer)
                ON CONFLICT DO NOTHING
                """)
            .param("eventId", eventId)
            .param("consumer", consumer)
            .update()
        == 1;
  }

  /** Makes the coming partitions and drops those that end before {@code keepFrom}; system time. */
  void maintain(Instant keepFrom, Instant aheadUntil) {
    jdbc.sql("SELECT inbox_maintain(:keepFrom, :aheadUntil)")
        .param("keepFrom", OffsetDateTime.ofInstant(keepFrom, ZoneOffset.UTC))
        .param("aheadUntil", OffsetDateTime.ofInstant(aheadUntil, ZoneOffset.UTC))
        .query((_, _) -> true)
        .single();
  }
}
