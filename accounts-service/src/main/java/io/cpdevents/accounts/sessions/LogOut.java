package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.sessions.Sessions.Ended;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person logs out; doing so twice is no error. */
@Component
public class LogOut {

  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final Clock clock;

  LogOut(Sessions sessions, EndedSessions endedSessions, Clock clock) {
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /** Ends the session. */
  @Transactional
  public void handle(UUID accountId, UUID sessionId) {
    Instant now = clock.instant();
    if (sessions.end(accountId, sessionId, SessionEnd.LOGGED_OUT, now)) {
      endedSessions.announce(new Ended(accountId, sessionId), SessionEnd.LOGGED_OUT, now);
    }
  }
}
