package io.cpdevents.billing.reconciliation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * The jobs and people reconcile one after the other, over all instances. Its holder asks Stripe in
 * between, so this is a lock of a session and not of a transaction: it ends with its connection
 * when its holder dies.
 */
@Component
class OneReconciliation {

  /** A pass over Stripe's list takes about a second, unless there is much to read. */
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(3);

  private static final String LOCK = "reconciliation";
  private static final String NO_LIMIT = "0";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final DataSource dataSource;

  OneReconciliation(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Does this while nobody else reconciles.
   *
   * @return false when somebody else did for longer than the wait, and nothing was done
   */
  boolean alone(Runnable work) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      if (!isLocked(session)) {
        return false;
      }
      try {
        work.run();
        return true;
      } finally {
        call(session, "SELECT pg_advisory_unlock(hashtextextended(:value, 0))::text", LOCK);
      }
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static boolean isLocked(JdbcClient session) {
    limitWait(session, MAX_WAIT_TIME.toMillis() + "ms");
    try {
      call(session, "SELECT pg_advisory_lock(hashtextextended(:value, 0))::text", LOCK);
      return true;
    } catch (DataAccessException e) {
      if (e.getRootCause() instanceof SQLException cause
          && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
        return false;
      }
      throw e;
    } finally {
      limitWait(session, NO_LIMIT);
    }
  }

  private static void limitWait(JdbcClient session, String time) {
    call(session, "SELECT set_config('lock_timeout', :value, false)", time);
  }

  private static void call(JdbcClient session, String sql, String value) {
    session.sql(sql).param("value", value).query((row, _) -> row.getRow()).single();
  }
}
