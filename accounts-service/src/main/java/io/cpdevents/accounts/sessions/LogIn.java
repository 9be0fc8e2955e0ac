package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.FactorCode;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.ProvePassword;
import io.cpdevents.accounts.logins.ProvePassword.Who;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A person logs in; every attempt is recorded once, successful or not. */
@Component
public class LogIn {

  /**
   * One attempt.
   *
   * @param email normalized
   * @param code of a second factor; null for none
   * @param sentWith the session that the request was sent with; a success ends it
   */
  public record Command(
      String email,
      Password password,
      @Nullable FactorCode code,
      RequestOrigin origin,
      Optional<SentWith> sentWith) {}

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

  private final ProvePassword provePassword;
  private final OpenSession openSession;

  LogIn(ProvePassword provePassword, OpenSession openSession) {
    this.provePassword = provePassword;
    this.openSession = openSession;
  }

  /**
   * Opens a session.
   *
   * @throws RuleViolation 401 {@code invalid-credentials} or {@code totp-required}, 403 {@code
   *     email-unverified}, 429 {@code too-many-requests} or {@code server-busy}
   */
  public LoggedIn handle(Command command) {
    UUID sessionId = Ids.next();
    return provePassword.handle(
        new ProvePassword.Command(
            LoginPurpose.LOG_IN,
            new Who.Typed(command.email()),
            command.password(),
            command.code(),
            sessionId,
            command.origin()),
        (proof, credential) ->
            openSession.handle(
                new OpenSession.Command(
                    sessionId, credential.passwordHash(), command.origin(), command.sentWith()),
                proof));
  }
}
