package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.sessions.Sessions.Ended;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sessions that ran out are told to be over; what is over and told is removed after a while. */
@Component
public class SessionRetention {

  /** How long a session is kept after its end, to look into misuse. */
  static final Duration ENDED_LIFE = Duration.ofDays(90);

  /** How long an attempt to log in is kept. */
  static final Duration LOGIN_LIFE = Duration.ofDays(180);

  private static final int BATCH_ROWS = 200;

  private final Sessions sessions;
  private final Logins logins;
  private final EndedSessions endedSessions;
  private final Clock clock;

  SessionRetention(Sessions sessions, Logins logins, EndedSessions endedSessions, Clock clock) {
    this.sessions = sessions;
    this.logins = logins;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /** Ends one batch of sessions that ran out; answers how many. */
  @Transactional
  public int endExpired() {
    Instant now = clock.instant();
    List<Ended> ended = sessions.endExpired(now, BATCH_ROWS);
    ended.forEach(session -> endedSessions.tell(session, SessionEnd.EXPIRED, now));
    return ended.size();
  }

  /** Removes one batch of sessions that ended long ago; answers how many. */
  @Transactional
  public int removeEnded() {
    return sessions.removeEndedBefore(clock.instant().minus(ENDED_LIFE), BATCH_ROWS);
  }

  /** Removes one batch of old attempts to log in; answers how many. */
  @Transactional
  public int removeLogins() {
    return logins.removeBefore(clock.instant().minus(LOGIN_LIFE), BATCH_ROWS);
  }
}
