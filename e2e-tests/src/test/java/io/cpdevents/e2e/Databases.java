package io.cpdevents.e2e;

import io.cpdevents.platform.test.servers.PostgresCluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A look into the services' databases, for what the API does not tell. */
public record Databases(PostgresCluster cluster) {

  /** The services that have one. */
  static final List<String> OF_SERVICES =
      List.of("accounts", "registration", "billing", "payout", "notification");

  /** The rows as text. */
  public List<List<String>> query(String database, String sql) {
    try (Connection connection = cluster.connect(database);
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      List<List<String>> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String value = result.getString(i);
          row.add(value == null ? "" : value);
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(database + ": " + sql, e);
    }
  }

  long number(String database, String sql) {
    return Long.parseLong(query(database, sql).getFirst().getFirst());
  }
}
