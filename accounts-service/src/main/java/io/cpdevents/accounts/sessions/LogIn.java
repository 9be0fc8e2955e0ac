package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.ProvePassword;
import io.cpdevents.accounts.logins.ProvePassword.Credential;
import io.cpdevents.accounts.logins.ProvePassword.Who;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person logs in; every attempt is recorded once, successful or not. */
@Component
public class LogIn {

  /**
   * One attempt.
   *
   * @param email normalized
   * @param sentWith the session that the request was sent with; a success ends it
   */
  public record Command(
      String email, Password password, RequestOrigin origin, Optional<SentWith> sentWith) {}

  /** A session, whoever's it is. */
  public record SentWith(UUID accountId, UUID sessionId) {}

  /**
   * A session and its token.
   *
   * @param token is answered this once and stored nowhere
   */
  public record LoggedIn(SessionView session, OpaqueToken token) {}

  /** The longest time for which a browser needs a session's token. */
  public static final Duration MAX_SESSION_LIFETIME = Session.MAX_LIFETIME;

  /** A person has fewer devices; the session that was used least ends. */
  static final int MAX_SESSIONS = 50;

  private final ProvePassword provePassword;
  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final AuditTrail auditTrail;
  private final Clock clock;

  LogIn(
      ProvePassword provePassword,
      Sessions sessions,
      EndedSessions endedSessions,
      AuditTrail auditTrail,
      Clock clock) {
    this.provePassword = provePassword;
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Opens a session.
   *
   * @throws RuleViolation 401 {@code invalid-credentials}, 403 {@code email-unverified}, 429 {@code
   *     too-many-requests} or {@code server-busy}
   */
  public LoggedIn handle(Command command) {
    UUID sessionId = Ids.next();
    return provePassword.handle(
        new ProvePassword.Command(
            LoginPurpose.LOG_IN,
            new Who.Typed(command.email()),
            command.password(),
            sessionId,
            command.origin()),
        (proof, credential) -> open(command, sessionId, new Proved(proof, credential)));
  }

  private record Proved(Proof proof, Credential credential) {}

  private Optional<LoggedIn> open(Command command, UUID sessionId, Proved proved) {
    OpaqueToken token = OpaqueToken.next();
    Instant now = clock.instant();
    UUID accountId = proved.proof().accountId();
    Session session = Session.opened(sessionId, accountId, command.origin(), now);
    return sessions
        .add(
            session,
            new Sessions.Key(token.sha256(), proved.credential().passwordHash()),
            proved.proof())
        .map(added -> {
          auditTrail.recordBy(
              accountId,
              "session.opened",
              "account",
              accountId.toString(),
              null,
              Map.of("sessionId", sessionId.toString()));
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
