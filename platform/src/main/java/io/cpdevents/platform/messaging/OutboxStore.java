package io.cpdevents.platform.messaging;

import io.cpdevents.platform.sql.Columns;
import java.sql.Array;
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

/**
 * The leader's SQL, all on the connection that holds the lead: whoever loses the connection loses
 * the lead, and can change nothing any more.
 */
final class OutboxStore {

  /** A row with its place in the queue. */
  record QueuedRow(long id, OutboxRow row) {}

  /** What is parked: the order of a topic is that of its keys. */
  record Key(String topic, String key) {}

  private static final long LEAD_LOCK = 0x6f7574626f78L; // "outbox"

  /** A leader that is suspended or cut off loses its session, and with it the lead. */
  private static final int MAX_IDLE_SESSION_SECONDS = 30;

  private static final int MAX_STATEMENT_SECONDS = 10;

  private final Connection connection;

  OutboxStore(Connection connection) {
    this.connection = connection;
  }

  boolean tryLead() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // The server enforces the time-outs; the driver would set a timer for each statement.
      statement.execute("SET statement_timeout = '%ds'".formatted(MAX_STATEMENT_SECONDS));
      statement.execute("SET idle_session_timeout = '%ds'".formatted(MAX_IDLE_SESSION_SECONDS));
      try (ResultSet result =
          statement.executeQuery("SELECT pg_try_advisory_lock(%d)".formatted(LEAD_LOCK))) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  /**
   * The oldest rows whose keys are not parked; fewer when they are large.
   *
   * @param exceptTopics topics whose rows wait
   */
  List<QueuedRow> oldest(int maxRecords, long maxBytes, Set<String> exceptTopics)
      throws SQLException {
    List<QueuedRow> rows = new ArrayList<>();
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
      statement.setArray(1, texts(exceptTopics.toArray()));
      statement.setInt(2, maxRecords);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next() && bytes < maxBytes) {
          OutboxRow row =
              new OutboxRow(
                  result.getString("topic"),
                  result.getString("key"),
                  Columns.uuid(result, "event_id"),
                  result.getString("event_type"),
                  result.getBytes("payload"),
                  Columns.instant(result, "occurred_at"),
                  result.getString("trace_parent"));
          bytes += row.sizeBytes();
          rows.add(new QueuedRow(result.getLong("id"), row));
        }
      }
    }
    return rows;
  }

  void delete(List<QueuedRow> rows) throws SQLException {
    Long[] ids = rows.stream().map(QueuedRow::id).toArray(Long[]::new);
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM outbox WHERE id = ANY (?)")) {
      statement.setArray(1, connection.createArrayOf("bigint", ids));
      statement.executeUpdate();
    }
  }

  void park(Set<Key> keys, String reason, Instant at) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO outbox_parked_key (topic, key, reason, parked_at)
            SELECT k.topic, k.key, ?, ? FROM unnest(?, ?) AS k (topic, key)
            ON CONFLICT (topic, key) DO NOTHING
            """)) {
      statement.setString(1, reason);
      statement.setObject(2, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
      statement.setArray(3, texts(keys.stream().map(Key::topic).toArray()));
      statement.setArray(4, texts(keys.stream().map(Key::key).toArray()));
      statement.executeUpdate();
    }
  }

  private Array texts(Object[] texts) throws SQLException {
    return connection.createArrayOf("text", texts);
  }
}
