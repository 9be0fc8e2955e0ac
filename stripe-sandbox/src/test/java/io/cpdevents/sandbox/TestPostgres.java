package io.cpdevents.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A PostgreSQL for this run, with an owner and a runtime role as in production. */
final class TestPostgres {
  private static final String DATABASE = "stripe_sandbox";
  private static final TestPostgres ONE = new TestPostgres();

  private final EmbeddedPostgres postgres;

  private TestPostgres() {
    try {
      postgres = EmbeddedPostgres.builder().start();
      run(
          postgres.getPostgresDatabase(),
          "CREATE ROLE stripe_sandbox_owner LOGIN PASSWORD 'owner'",
          "CREATE ROLE stripe_sandbox_runtime LOGIN PASSWORD 'runtime'",
          "CREATE DATABASE stripe_sandbox OWNER stripe_sandbox_owner");
      run(
          database(),
          "ALTER SCHEMA public OWNER TO stripe_sandbox_owner",
          "GRANT USAGE ON SCHEMA public TO stripe_sandbox_runtime",
          "ALTER DEFAULT PRIVILEGES FOR ROLE stripe_sandbox_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO stripe_sandbox_runtime");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestPostgres running() {
    return ONE;
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.getPort(), DATABASE);
  }

  /** The database as its superuser sees it. */
  DataSource database() {
    return postgres.getDatabase("postgres", DATABASE);
  }

  private static void run(DataSource database, String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
