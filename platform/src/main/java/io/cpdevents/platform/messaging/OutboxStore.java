package io.cpdevents.platform.messaging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The leader's SQL, all on the one connection that holds the lead: when it breaks, the lead is
 * lost.
 */
final class OutboxStore {

  /** A row with its place in the queue. */
  record Stored(long id, OutboxRow row) {}

  private static final long LEAD_LOCK = 0x6f7574626f78L; // "outbox"

  /** A leader that stops asking, suspended or cut off, loses its session and so its lead. */
  private static final int IDLE_SESSION_TIMEOUT_SECONDS = 30;

  private static final int STATEMENT_TIMEOUT_SECONDS = 10;

  private final Connection connection;

  OutboxStore(Connection connection) {
    this.connection = connection;
  }

  boolean tryLead() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // By the server: the driver would set a timer for each statement.
      statement.execute("SET statement_timeout = '%ds'".formatted(STATEMENT_TIMEOUT_SECONDS));
      statement.execute("SET idle_session_timeout = '%ds'".formatted(IDLE_SESSION_TIMEOUT_SECONDS));
      try (ResultSet result =
          statement.executeQuery("SELECT pg_try_advisory_lock(%d)".formatted(LEAD_LOCK))) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  /**
   * The oldest rows whose keys are not parked; fewer than asked for when they are large.
   *
   * @param exceptTopics whose rows wait
   */
  List<Stored> oldest(int mostRecords, long mostBytes, Set<String> exceptTopics)
      throws SQLException {
    List<Stored> rows = new ArrayList<>();
    long bytes = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT id, topic, key, event_id, event_type, payload, occurred_at, trace_parent
            FROM outbox
            WHERE NOT EXISTS (
                SELECT FROM outbox_parked_key parked
                WHERE parked.topic = outbox.topic AND parked.key = outbox.key)
              AND topic <> ALL (?)
            ORDER BY id
            LIMIT ?
            """)) {
      statement.setArray(1, connection.createArrayOf("text", exceptTopics.toArray()));
      statement.setInt(2, mostRecords);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next() && bytes < mostBytes) {
          OutboxRow row =
              new OutboxRow(
                  result.getString("topic"),
                  result.getString("key"),
                  result.getObject("event_id", UUID.class),
                  result.getString("event_type"),
                  result.getBytes("payload"),
                  result.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                  result.getString("trace_parent"));
          bytes += row.sizeBytes();
          rows.add(new Stored(result.getLong("id"), row));
        }
      }
    }
    return rows;
  }

  void delete(List<Stored> rows) throws SQLException {
    Long[] ids = rows.stream().map(Stored::id).toArray(Long[]::new);
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM outbox WHERE id = ANY (?)")) {
      statement.setArray(1, connection.createArrayOf("bigint", ids));
      statement.executeUpdate();
    }
  }

  void park(OutboxRow row, String reason, Instant at) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO outbox_parked_key (topic, key, reason, parked_at)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (topic, key) DO NOTHING
            """)) {
      statement.setString(1, row.topic());
      statement.setString(2, row.key());
      statement.setString(3, reason);
      statement.setObject(4, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }
}
