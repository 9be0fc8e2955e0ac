package io.cpdevents.billing;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A place at which transactions stop that change rows of a table, until they are released. */
final class Stop implements AutoCloseable {

  private static final int LOCK = 4_711;
  private static final Duration EVENTUALLY = Duration.ofSeconds(20);

  private final Connection connection;
  private final JdbcClient session;
  private final String table;

  /**
   * Stops whoever changes rows.
   *
   * @param owner of the tables
   * @param operations as a trigger names them, for example {@code INSERT OR UPDATE}
   */
  Stop(DriverManagerDataSource owner, String operations, String table) throws SQLException {
    this.connection = owner.getConnection();
    this.session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    this.table = table;
    session.sql("SELECT pg_advisory_lock(%d)::text".formatted(LOCK)).query(String.class).single();
    session
        .sql(
            """
            CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock(%d); RETURN NEW; END $$
            """
                .formatted(LOCK))
        .update();
    session
        .sql(
            "CREATE TRIGGER stop BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION stop()"
                .formatted(operations, table))
        .update();
  }

  /** Waits until so many wait, for this or for any other advisory lock. */
  void awaitWaiting(int transactions) {
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            session
                    .sql(
                        """
                        SELECT count(*) FROM pg_locks
                        WHERE locktype = 'advisory' AND NOT granted AND database = (
                            SELECT oid FROM pg_database WHERE datname = current_database())
                        """)
                    .query(Integer.class)
                    .single()
                == transactions);
  }

  /** Lets them go on. */
  void release() {
    session.sql("SELECT pg_advisory_unlock_all()::text").query((_, _) -> true).list();
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      release();
      session.sql("DROP TRIGGER stop ON " + table).update();
      session.sql("DROP FUNCTION stop()").update();
    }
  }
}
