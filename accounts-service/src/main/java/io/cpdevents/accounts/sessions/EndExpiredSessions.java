package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.sessions.Sessions.Ended;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sessions end when they expire, and the other services are told. */
@Component
public class EndExpiredSessions {

  private static final int MAX_BATCH_ROWS = 200;

  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final Clock clock;

  EndExpiredSessions(Sessions sessions, EndedSessions endedSessions, Clock clock) {
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /** Ends one batch; returns how many it ended. */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    List<Ended> ended = sessions.endExpired(now, MAX_BATCH_ROWS);
    ended.forEach(session -> endedSessions.announce(session, SessionEnd.EXPIRED, now));
    return ended.size();
  }
}
