package io.cpdevents.platform.messaging;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
   * Notes the events in the running transaction.
   *
   * @return those that this consumer has not handled before, to be taken from; null when an earlier
   *     message of any of their keys is parked
   */
  @Nullable Set<UUID> arrive(String consumer, List<Message> messages) {
    if (messages.isEmpty()) {
      return new HashSet<>();
    }
    // The look for parked ones is part of the statement, so it sees what the insert sees.
    List<Arrived> arrived =
        jdbc.sql(
                """
                WITH parked AS (
                    SELECT FROM parked_message p
                    WHERE p.consumer = :consumer
                      AND (p.topic, p.key) IN (
                          SELECT * FROM unnest(cast(:topics AS text[]), cast(:keys AS text[])))
                    LIMIT 1
                ), noted AS (
                    INSERT INTO inbox (event_id, consumer)
                    SELECT a.event_id, :consumer FROM unnest(cast(:eventIds AS uuid[])) AS a (event_id)
                    WHERE NOT EXISTS (SELECT FROM parked)
                    ON CONFLICT DO NOTHING
                    RETURNING event_id
                )
                SELECT event_id, false AS parked FROM noted
                UNION ALL
                SELECT NULL, true FROM parked
                """)
            .param("consumer", consumer)
            .param("topics", messages.stream().map(Message::topic).toArray(String[]::new))
            .param("keys", messages.stream().map(Message::key).toArray(String[]::new))
            .param("eventIds", messages.stream().map(Message::eventId).toArray(UUID[]::new))
            .query((row, _) ->
                new Arrived(row.getObject("event_id", UUID.class), row.getBoolean("parked")))
            .list();
    Set<UUID> first = new HashSet<>();
    for (Arrived one : arrived) {
      if (one.behindParked()) {
        return null;
      }
      first.add(Objects.requireNonNull(one.eventId()));
    }
    return first;
  }

  private record Arrived(@Nullable UUID eventId, boolean behindParked) {}

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
