package io.cpdevents.benchmarks.stage;

import io.cpdevents.platform.test.servers.PostgresCluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A look into the services' databases, for what the API does not tell. One connection for each is
 * kept: opening one costs PostgreSQL more than most looks, and that CPU would count as the load's.
 */
public final class Databases {

  static final List<String> OF_SERVICES =
      List.of("accounts", "registration", "billing", "payout", "notification");

  private final PostgresCluster cluster;
  private final Map<String, Connection> connections = new HashMap<>();

  Databases(PostgresCluster cluster) {
    this.cluster = cluster;
  }

  PostgresCluster cluster() {
    return cluster;
  }

  /** Uses one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** Reads the row that the result stands on. */
    T read(ResultSet row) throws SQLException;
  }

  /** All rows. */
  public synchronized <T> List<T> rows(
      String database, String sql, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = connectionTo(database).prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(reader.read(result));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(database + ": " + sql, e);
    }
  }

  /** The one number that a query gives. */
  public long number(String database, String sql, Object... parameters) {
    return rows(database, sql, row -> row.getLong(1), parameters).getFirst();
  }

  private Connection connectionTo(String database) throws SQLException {
    Connection connection = connections.get(database);
    if (connection == null || connection.isClosed()) {
      connection = cluster.connect(database);
      connections.put(database, connection);
    }
    return connection;
  }
}
