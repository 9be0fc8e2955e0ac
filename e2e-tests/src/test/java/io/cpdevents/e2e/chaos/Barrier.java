package io.cpdevents.e2e.chaos;

import io.cpdevents.driver.Wait;
import io.cpdevents.platform.test.servers.PostgresCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Stops whoever is about to write something down: a trigger waits for a lock that is held here.
 * Closing it ends the waiting sessions with nothing written, as if their commit had never come.
 */
public final class Barrier implements AutoCloseable {

  /**
   * Which statement is stopped.
   *
   * @param operation UPDATE, DELETE or several
   * @param condition over OLD and NEW
   */
  public record Place(String database, String operation, String table, String condition) {

    /** Whoever writes to this table. */
    public static Place anyWrite(String database, String table) {
      return new Place(database, "INSERT OR UPDATE OR DELETE", table, "true");
    }
  }

  private static final long LOCK = 7_260_031;
  private static final Duration MAX_ARRIVAL_TIME = Duration.ofSeconds(60);

  private final Connection connection;
  private final Place place;

  private Barrier(Connection connection, Place place) {
    this.connection = connection;
    this.place = place;
  }

  /** Stops whoever comes there from now on. */
  public static Barrier at(PostgresCluster postgres, Place place) {
    try {
      Barrier barrier = new Barrier(postgres.connect(place.database()), place);
      barrier.raise();
      return barrier;
    } catch (SQLException e) {
      throw new IllegalStateException("no barrier at " + place, e);
    }
  }

  /** Waits until a statement is stopped. */
  void awaitSomebody() {
    Wait.atMost(MAX_ARRIVAL_TIME).until("somebody at " + place, () -> waiting() > 0);
  }

  /** Waits for a while whether a statement is stopped. */
  public boolean hasSomebodyWithin(Duration most) {
    return Wait.atMost(most).isSo(() -> waiting() > 0);
  }

  @Override
  public void close() {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks"
              + " WHERE locktype = 'advisory' AND NOT granted AND objid = "
              + LOCK);
      statement.execute("DROP TRIGGER chaos_barrier ON " + place.table());
      statement.execute("DROP FUNCTION chaos_barrier()");
    } catch (SQLException e) {
      throw new IllegalStateException("could not remove the barrier at " + place, e);
    }
  }

  private void raise() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
      statement.execute(
          """
          CREATE FUNCTION chaos_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            PERFORM pg_advisory_xact_lock(%d);
            IF TG_OP = 'DELETE' THEN
              RETURN OLD;
            END IF;
            RETURN NEW;
          END $$
          """
              .formatted(LOCK));
      statement.execute(
          "CREATE TRIGGER chaos_barrier BEFORE %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION chaos_barrier()"
              .formatted(place.operation(), place.table(), place.condition()));
    }
  }

  private long waiting() {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND"
                    + " objid = "
                    + LOCK)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("could not look at the barrier at " + place, e);
    }
  }
}
