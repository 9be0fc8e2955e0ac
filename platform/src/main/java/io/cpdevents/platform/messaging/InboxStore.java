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
