package io.cpdevents.accounts.sessions;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All sessions of a person end at once. */
@Component
public class EndAllSessions {

  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final Clock clock;

  EndAllSessions(Sessions sessions, EndedSessions endedSessions, Clock clock) {
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /** Ends them. Lock the account before, so that nobody logs in meanwhile. */
  @Transactional
  public void handle(UUID accountId) {
    Instant now = clock.instant();
    sessions
        .endAll(accountId, SessionEnd.REVOKED, now)
        .forEach(ended -> endedSessions.announce(ended, SessionEnd.REVOKED, now));
  }
}
