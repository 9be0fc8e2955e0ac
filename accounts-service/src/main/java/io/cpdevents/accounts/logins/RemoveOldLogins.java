package io.cpdevents.accounts.logins;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Old records of attempts to log in are removed. */
@Component
public class RemoveOldLogins {

  /** How long the record of an attempt is kept. */
  static final Duration RETENTION = Duration.ofDays(180);

  private static final int MAX_BATCH_ROWS = 200;

  private final Logins logins;
  private final Clock clock;

  RemoveOldLogins(Logins logins, Clock clock) {
    this.logins = logins;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return logins.removeOld(clock.instant().minus(RETENTION), MAX_BATCH_ROWS);
  }
}
