package io.cpdevents.accounts.sessions;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A person's sessions end, because what they were opened with does not count any more. */
@Component
public class EndSessions {

  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final Clock clock;

  EndSessions(Sessions sessions, EndedSessions endedSessions, Clock clock) {
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /**
   * Ends them in the caller's transaction.
   *
   * @param keptSessionId the one that goes on; null: none does
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, @Nullable UUID keptSessionId) {
    Instant now = clock.instant();
    sessions
        .endOthers(accountId, keptSessionId, SessionEnd.REVOKED, now)
        .forEach(ended -> endedSessions.announce(ended, SessionEnd.REVOKED, now));
  }
}
