package io.cpdevents.accounts.sessions;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person ends all of their sessions except the current one. */
@Component
public class RevokeOtherSessions {

  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final Clock clock;

  RevokeOtherSessions(Sessions sessions, EndedSessions endedSessions, Clock clock) {
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /** Ends the other sessions. */
  @Transactional
  public void handle(UUID accountId, UUID currentSessionId) {
    Instant now = clock.instant();
    sessions
        .endOthers(accountId, currentSessionId, SessionEnd.REVOKED, now)
        .forEach(ended -> endedSessions.announce(ended, SessionEnd.REVOKED, now));
  }
}
