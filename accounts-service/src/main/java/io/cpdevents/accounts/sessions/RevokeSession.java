package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.sessions.Sessions.Ended;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person ends one of their sessions, on any device; doing so twice is no error. */
@Component
public class RevokeSession {

  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final Clock clock;

  RevokeSession(Sessions sessions, EndedSessions endedSessions, Clock clock) {
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /**
   * Ends the session.
   *
   * @throws RuleViolation 404 {@code session-not-found} when it is not one of the person's
   */
  @Transactional
  public void handle(UUID accountId, UUID sessionId) {
    Instant now = clock.instant();
    if (sessions.end(accountId, sessionId, SessionEnd.REVOKED, now)) {
      endedSessions.announce(new Ended(accountId, sessionId), SessionEnd.REVOKED, now);
    } else if (!sessions.exists(accountId, sessionId)) {
      throw AccountsProblem.SESSION_NOT_FOUND.violation();
    }
  }
}
