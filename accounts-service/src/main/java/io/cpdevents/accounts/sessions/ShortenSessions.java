package io.cpdevents.accounts.sessions;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whoever gets a role on the platform has short sessions from then on. */
@Component
public class ShortenSessions {

  private final Sessions sessions;
  private final Clock clock;

  ShortenSessions(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Shortens the live sessions in the caller's transaction, which gives the role. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId) {
    sessions.shorten(accountId, clock.instant().plus(Session.MAX_STAFF_LIFETIME));
  }
}
