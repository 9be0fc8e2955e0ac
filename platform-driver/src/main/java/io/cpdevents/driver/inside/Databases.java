package io.cpdevents.driver.inside;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A look into the services' databases. One connection for each is kept: opening one costs
 * PostgreSQL more than most looks, and under load that would count as the load's.
 */
public final class Databases implements AutoCloseable {

  /** The services that have one; it has the service's name. */
  public static final List<String> OF_SERVICES =
      List.of("accounts", "registration", "billing", "payout", "notification");

  /** Opens a connection to a database. */
  @FunctionalInterface
  public interface Connections {
    /** The caller closes it. */
    Connection open(String database) throws SQLException;
  }

  /** Uses one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** Reads the row that the result stands on. */
    T read(ResultSet row) throws SQLException;
  }

  private final Connections connections;
  private final Map<String, Connection> open = new HashMap<>();

  /** Opened when they are needed. */
  public Databases(Connections connections) {
    this.connections = connections;
  }

  /** All rows. */
  public synchronized <T> List<T> rows(
      String database, String sql, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = prepared(database, sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    } catch (SQLException e) {
      throw failure(database, sql, e);
    }
  }

  /** All rows as text; nothing is "". */
  public List<List<String>> texts(String database, String sql, Object... parameters) {
    return rows(database, sql, Databases::texts, parameters);
  }

  /** The one number that a query gives. */
  public long number(String database, String sql, Object... parameters) {
    return rows(database, sql, row -> row.getLong(1), parameters).getFirst();
  }

  /** Does something; how many rows it touched. */
  public synchronized int execute(String database, String sql, Object... parameters) {
    try (PreparedStatement statement = prepared(database, sql, parameters)) {
      statement.execute();
      return statement.getUpdateCount();
    } catch (SQLException e) {
      throw failure(database, sql, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      for (Connection connection : open.values()) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("could not close a connection", e);
    }
  }

  private PreparedStatement prepared(String database, String sql, Object... parameters)
      throws SQLException {
    Connection connection = open.get(database);
    if (connection == null || connection.isClosed()) {
      connection = connections.open(database);
      open.put(database, connection);
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static List<String> texts(ResultSet row) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String text = row.getString(i);
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  private static IllegalStateException failure(String database, String sql, SQLException cause) {
    return new IllegalStateException(database + ": " + cause.getMessage() + " in " + sql, cause);
  }
}
