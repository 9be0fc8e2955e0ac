package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.logins.PasskeyCheck.Assertion;
import io.cpdevents.accounts.logins.SecondFactor.RightCode;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** A person proves who they are by a passkey, to log in. */
@Component
public class ProvePasskey {

  /**
   * One attempt.
   *
   * @param sessionId the session that a success opens
   */
  public record Command(Assertion assertion, UUID sessionId, RequestOrigin origin) {}

  private final RequestLimits limits;
  private final PasskeyCheck passkeys;
  private final MakeAttempt makeAttempt;

  ProvePasskey(RequestLimits limits, PasskeyCheck passkeys, MakeAttempt makeAttempt) {
    this.limits = limits;
    this.passkeys = passkeys;
    this.makeAttempt = makeAttempt;
  }

  /**
   * Makes one attempt. Nobody guesses a signature; the limits are about the work.
   *
   * @throws RuleViolation 401 {@code invalid-credentials}, 429 {@code too-many-requests}
   */
  public <T> T handle(Command command, Function<Proof, Optional<T>> effect) {
    Optional<UUID> owner = passkeys.ownerOf(command.assertion());
    T done =
        makeAttempt.handle(
            new Attempt(
                LoginPurpose.LOG_IN,
                LoginMethod.PASSKEY,
                owner.orElse(null),
                command.sessionId(),
                command.origin()),
            new Trial<RightCode, T>(
                () -> check(command, owner),
                (proof, right) -> right.use() ? effect.apply(proof) : Optional.empty()));
    limits.onSuccess(Limit.LOG_IN_ADDRESS, command.origin());
    return done;
  }

  private Checked<RightCode> check(Command command, Optional<UUID> owner) {
    limits.take(Limit.LOG_IN_ADDRESS, command.origin());
    Optional<RightCode> right = owner.flatMap(_ -> passkeys.check(command.assertion()));
    if (right.isEmpty()) {
      return new Checked.Failed<>(LoginOutcome.PASSKEY_REFUSED);
    }
    limits.take(Limit.LOG_IN_SUCCESS, owner.orElseThrow().toString());
    return new Checked.Passed<>(right.get());
  }
}
