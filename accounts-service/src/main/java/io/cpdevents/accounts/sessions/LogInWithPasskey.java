package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.PasskeyCheck.Assertion;
import io.cpdevents.accounts.logins.ProvePasskey;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.sessions.LogIn.LoggedIn;
import io.cpdevents.accounts.sessions.LogIn.SentWith;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person logs in with a passkey, and types neither address nor password. */
@Component
public class LogInWithPasskey {

  /**
   * One attempt.
   *
   * @param sentWith the session that the request was sent with; a success ends it
   */
  public record Command(Assertion assertion, RequestOrigin origin, Optional<SentWith> sentWith) {}

  private final ProvePasskey provePasskey;
  private final OpenSession openSession;

  LogInWithPasskey(ProvePasskey provePasskey, OpenSession openSession) {
    this.provePasskey = provePasskey;
    this.openSession = openSession;
  }

  /**
   * Opens a session, which has proved a second factor with that.
   *
   * @throws RuleViolation 401 {@code invalid-credentials}, 429 {@code too-many-requests}
   */
  public LoggedIn handle(Command command) {
    UUID sessionId = Ids.next();
    return provePasskey.handle(
        new ProvePasskey.Command(command.assertion(), sessionId, command.origin()),
        proof ->
            openSession.handle(
                new OpenSession.Command(sessionId, null, command.origin(), command.sentWith()),
                proof));
  }
}
