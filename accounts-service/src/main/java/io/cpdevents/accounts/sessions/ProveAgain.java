package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.ProvePassword;
import io.cpdevents.accounts.logins.ProvePassword.Who;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.contracts.accounts.SessionEvent.SessionProved;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A person who is logged in proves once more who they are, before something of consequence is done
 * for them.
 */
@Component
public class ProveAgain {

  /** One attempt, in a session. */
  public record Command(UUID accountId, UUID sessionId, Password password, RequestOrigin origin) {}

  private final ProvePassword provePassword;
  private final Sessions sessions;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  ProveAgain(
      ProvePassword provePassword,
      Sessions sessions,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.provePassword = provePassword;
    this.sessions = sessions;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Notes the time in the session; access tokens tell it to every service.
   *
   * @throws RuleViolation 401 {@code invalid-credentials}, 429 {@code too-many-requests} or {@code
   *     server-busy}
   */
  public void handle(Command command) {
    provePassword.handle(
        new ProvePassword.Command(
            LoginPurpose.STEP_UP,
            new Who.LoggedIn(command.accountId()),
            command.password(),
            command.sessionId(),
            command.origin()),
        (proof, credential) -> {
          if (!sessions.prove(command.sessionId(), credential.passwordHash(), proof)) {
            return Optional.empty();
          }
          outbox.append(
              new SessionProved(command.accountId(), command.sessionId(), clock.instant()));
          auditTrail.record(
              "session.proved",
              "account",
              command.accountId().toString(),
              null,
              Map.of("sessionId", command.sessionId().toString()));
          return Optional.of(proof);
        });
  }
}
