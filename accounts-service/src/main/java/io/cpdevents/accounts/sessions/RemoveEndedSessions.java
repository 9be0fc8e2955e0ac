package io.cpdevents.accounts.sessions;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sessions that ended long ago are removed. */
@Component
public class RemoveEndedSessions {

  /** How long a session is kept after its end, so that misuse can be investigated. */
  static final Duration RETENTION = Duration.ofDays(90);

  private static final int MAX_BATCH_ROWS = 200;

  private final Sessions sessions;
  private final Clock clock;

  RemoveEndedSessions(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return sessions.removeEnded(clock.instant().minus(RETENTION), MAX_BATCH_ROWS);
  }
}
