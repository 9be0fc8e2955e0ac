package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.sessions.LogIn.LoggedIn;
import io.cpdevents.accounts.sessions.LogIn.SentWith;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Somebody who has proved who they are gets a session. */
@Component
class OpenSession {

  /**
   * A session to be.
   *
   * @param checkedPasswordHash of the password that was typed; null for none
   * @param sentWith the session that the request was sent with, which ends
   */
  record Command(
      UUID sessionId,
      @Nullable String checkedPasswordHash,
      RequestOrigin origin,
      Optional<SentWith> sentWith) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** A person has fewer devices; the session that was used least ends. */
  static final int MAX_SESSIONS = 50;

  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final AuditTrail auditTrail;
  private final Clock clock;

  OpenSession(Sessions sessions, EndedSessions endedSessions, AuditTrail auditTrail, Clock clock) {
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Opens it; empty when the password was changed or the account removed in the meantime. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<LoggedIn> handle(Command command, Proof proof) {
    OpaqueToken token = OpaqueToken.next();
    Instant now = clock.instant();
    UUID accountId = proof.accountId();
    Session session = Session.opened(command.sessionId(), accountId, command.origin(), now);
    return sessions
        .add(session, new Sessions.Key(token.sha256(), command.checkedPasswordHash()), proof)
        .map(added -> {
          auditTrail.recordBy(
              accountId,
              "session.opened",
              "account",
              accountId.toString(),
              null,
              new Change(Map.of(), Map.of("sessionId", command.sessionId().toString())));
          endOthers(command, accountId, now);
          return new LoggedIn(SessionView.of(added, true), token);
        });
  }

  private void endOthers(Command command, UUID accountId, Instant now) {
    command
        .sentWith()
        .filter(
            sent -> sessions.end(sent.accountId(), sent.sessionId(), SessionEnd.LOGGED_OUT, now))
        .ifPresent(sent ->
            endedSessions.announce(
                new Sessions.Ended(sent.accountId(), sent.sessionId()),
                SessionEnd.LOGGED_OUT,
                now));
    sessions
        .endBeyond(MAX_SESSIONS, accountId, SessionEnd.REVOKED, now)
        .forEach(ended -> endedSessions.announce(ended, SessionEnd.REVOKED, now));
  }
}
