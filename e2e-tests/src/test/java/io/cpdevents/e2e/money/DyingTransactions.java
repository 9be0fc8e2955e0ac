package io.cpdevents.e2e.money;

import io.cpdevents.platform.test.servers.PostgresCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session of a service in the middle of a transaction: a trigger counts the writes of a
 * table and terminates whoever makes a certain one.
 */
final class DyingTransactions {

  /** What is written. */
  record Place(String database, String table) {

    @Override
    public String toString() {
      return database + "." + table;
    }
  }

  private static final String SET_UP =
      """
      CREATE SEQUENCE simulated_crash_writes;
      CREATE FUNCTION simulated_crash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        IF nextval('public.simulated_crash_writes') = %d THEN
          PERFORM pg_terminate_backend(pg_backend_pid());
        END IF;
        IF TG_OP = 'DELETE' THEN
          RETURN OLD;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER simulated_crash BEFORE INSERT OR UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION simulated_crash()
      """;

  private final PostgresCluster postgres;
  private @Nullable Place current;

  DyingTransactions(PostgresCluster postgres) {
    this.postgres = postgres;
  }

  /** From now on there, and nowhere else. */
  synchronized void at(Place place, int write) {
    end();
    execute(place, SET_UP.formatted(write, place.table()));
    current = place;
  }

  /** None dies any more. */
  synchronized void end() {
    if (current != null) {
      execute(
          current,
          "DROP TRIGGER simulated_crash ON %s; DROP FUNCTION simulated_crash(); DROP SEQUENCE simulated_crash_writes"
              .formatted(current.table()));
      current = null;
    }
  }

  private void execute(Place place, String sql) {
    try (Connection connection = postgres.connect(place.database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("could not change what dies at " + place, e);
    }
  }
}
