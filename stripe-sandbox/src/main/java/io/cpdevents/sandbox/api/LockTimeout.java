package io.cpdevents.sandbox.api;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Recognizes the errors of PostgreSQL for a lock timeout and a deadlock. */
public final class LockTimeout {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK_DETECTED = "40P01";

  private LockTimeout() {}

  public static boolean is(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      if (cause instanceof SQLException failure
          && (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())
              || DEADLOCK_DETECTED.equals(failure.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Throwable next(Throwable thrown) {
    return thrown.getCause();
  }
}
