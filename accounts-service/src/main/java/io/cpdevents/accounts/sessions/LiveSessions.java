package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the session of a token. */
@Component
public class LiveSessions {

  /** "Last seen" is only displayed, so it is written no more often than this. */
  private static final Duration MIN_LAST_SEEN_INTERVAL = Duration.ofMinutes(1);

  private final Sessions sessions;
  private final FactorExemptions exemptions;
  private final Clock clock;

  LiveSessions(Sessions sessions, FactorExemptions exemptions, Clock clock) {
    this.sessions = sessions;
    this.exemptions = exemptions;
    this.clock = clock;
  }

  /**
   * The session, after recording that it was seen now; empty when there is none or it has ended.
   */
  public Optional<LiveSession> find(OpaqueToken token, RequestOrigin origin) {
    Instant now = clock.instant();
    Optional<LiveSession> found = sessions.findLive(token.sha256(), exemptions.emails(), now);
    found
        .filter(session -> session.lastSeenAt().isBefore(now.minus(MIN_LAST_SEEN_INTERVAL)))
        .ifPresent(session -> sessions.saveLastSeen(session.sessionId(), origin.ipAddress(), now));
    return found;
  }
}
