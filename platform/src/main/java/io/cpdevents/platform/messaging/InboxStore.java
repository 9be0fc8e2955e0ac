package io.cpdevents.platform.messaging;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All SQL about the {@code inbox} table. */
final class InboxStore {

  private final JdbcClient jdbc;

  InboxStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Inserts the ids of these messages' events in the running transaction.
   *
   * @return the ids that are new for this consumer, in a set that may be changed; null when an
   *     earlier message of any of their keys is parked
   */
  @Nullable Set<UUID> insertNew(String consumer, List<Message> messages) {
    if (messages.isEmpty()) {
      return new HashSet<>();
    }
    // One statement, so that the look for parked messages and the insert see the same snapshot.
    List<Inserted> inserted =
        jdbc.sql(
                """
                WITH parked AS (
                    SELECT FROM parked_message p
                    WHERE p.consumer = :consumer
                      AND (p.topic, p.key) IN (
                          SELECT * FROM unnest(cast(:topics AS text[]), cast(:keys AS text[])))
                    LIMIT 1
                ), inserted AS (
                    INSERT INTO inbox (event_id, consumer)
                    SELECT a.event_id, :consumer FROM unnest(cast(:eventIds AS uuid[])) AS a (event_id)
                    WHERE NOT EXISTS (SELECT FROM parked)
                    ON CONFLICT DO NOTHING
                    RETURNING event_id
                )
                SELECT event_id, false AS parked FROM inserted
                UNION ALL
                SELECT NULL, true FROM parked
                """)
            .param("consumer", consumer)
            .param("topics", Parameters.texts(messages, Message::topic))
            .param("keys", Parameters.texts(messages, Message::key))
            .param("eventIds", messages.stream().map(Message::eventId).toArray(UUID[]::new))
            .query((row, _) ->
                new Inserted(Columns.uuidOrNull(row, "event_id"), row.getBoolean("parked")))
            .list();
    Set<UUID> newIds = new HashSet<>();
    for (Inserted one : inserted) {
      if (one.behindParked()) {
        return null;
      }
      newIds.add(Objects.requireNonNull(one.eventId()));
    }
    return newIds;
  }

  private record Inserted(@Nullable UUID eventId, boolean behindParked) {}

  /** Inserts the event's id in the running transaction; false when this consumer has it already. */
  boolean insertIfNew(UUID eventId, String consumer) {
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

  /** Creates coming partitions and drops those that end before {@code keepFrom}; system time. */
  void maintain(Instant keepFrom, Instant aheadUntil) {
    jdbc.sql("SELECT inbox_maintain(:keepFrom, :aheadUntil)")
        .param("keepFrom", Parameters.instant(keepFrom))
        .param("aheadUntil", Parameters.instant(aheadUntil))
        .query((_, _) -> true)
        .single();
  }
}
