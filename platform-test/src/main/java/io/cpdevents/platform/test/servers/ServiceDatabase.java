package io.cpdevents.platform.test.servers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A service's database with its two roles. The owner changes the schema; the runtime role may only
 * read and write rows. Neither reaches another database.
 *
 * @param name the database; the roles are {@code <name>_owner} and {@code <name>_runtime}
 */
public record ServiceDatabase(String name, String ownerPassword, String runtimePassword) {

  /** The role for migrations. */
  public String owner() {
    return name + "_owner";
  }

  /** The role the service works with. */
  public String runtimeRole() {
    return name + "_runtime";
  }

  /** Creates what is missing and sets both passwords. May be repeated. */
  public void createIn(PostgresCluster cluster) {
    try (Connection connection = cluster.connect("postgres");
        Statement statement = connection.createStatement()) {
      createRole(statement, owner(), ownerPassword);
      createRole(statement, runtimeRole(), runtimePassword);
      if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(name))) {
        statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, owner()));
      }
      statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
      statement.execute(
          "GRANT CONNECT ON DATABASE %s TO %s, %s".formatted(name, owner(), runtimeRole()));
    } catch (SQLException e) {
      throw new IllegalStateException("could not create database " + name, e);
    }
    try (Connection connection = cluster.connect(name);
        Statement statement = connection.createStatement()) {
      String defaults = "ALTER DEFAULT PRIVILEGES FOR ROLE %s ".formatted(owner());
      String toRuntime = " TO " + runtimeRole();
      statement.execute(defaults + "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES" + toRuntime);
      statement.execute(defaults + "GRANT USAGE, SELECT ON SEQUENCES" + toRuntime);
      statement.execute(defaults + "GRANT EXECUTE ON FUNCTIONS" + toRuntime);
      statement.execute(defaults + "GRANT USAGE ON SCHEMAS" + toRuntime);
    } catch (SQLException e) {
      throw new IllegalStateException("could not set the privileges in " + name, e);
    }
  }

  /** Removes the database and its roles, whoever is connected. */
  public void dropFrom(PostgresCluster cluster) {
    try (Connection connection = cluster.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
      statement.execute("DROP ROLE IF EXISTS %s".formatted(runtimeRole()));
      statement.execute("DROP ROLE IF EXISTS %s".formatted(owner()));
    } catch (SQLException e) {
      throw new IllegalStateException("could not drop database " + name, e);
    }
  }

  private static void createRole(Statement statement, String role, String password)
      throws SQLException {
    if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(role))) {
      statement.execute("CREATE ROLE %s LOGIN".formatted(role));
    }
    statement.execute(
        "ALTER ROLE %s LOGIN PASSWORD '%s'".formatted(role, password.replace("'", "''")));
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }
}
