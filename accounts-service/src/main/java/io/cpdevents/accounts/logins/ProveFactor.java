package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.logins.SecondFactor.RightCode;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person with a session proves a second factor by a code, within the limits of guessing. */
@Component
public class ProveFactor {

  /**
   * One attempt.
   *
   * @param sessionId the session that it is made in
   */
  public record Command(
      LoginPurpose purpose,
      UUID accountId,
      UUID sessionId,
      FactorCode code,
      RequestOrigin origin) {}

  private final FactorGuesses guesses;
  private final MakeAttempt makeAttempt;

  ProveFactor(FactorGuesses guesses, MakeAttempt makeAttempt) {
    this.guesses = guesses;
    this.makeAttempt = makeAttempt;
  }

  /**
   * Makes one attempt. A right code is used up before the success has its effect.
   *
   * @throws RuleViolation 401 {@code invalid-credentials}, 429 {@code too-many-requests}
   */
  public <T> T handle(Command command, Trial<RightCode, T> trial) {
    T done =
        makeAttempt.handle(
            new Attempt(
                command.purpose(),
                command.code().method(),
                command.accountId(),
                command.sessionId(),
                command.origin()),
            new Trial<>(
                () -> {
                  guesses.take(command.accountId(), command.code());
                  return trial.check().get();
                },
                (proof, code) ->
                    code.use() ? trial.effect().apply(proof, code) : Optional.<T>empty()));
    guesses.giveBack(command.accountId(), command.code());
    return done;
  }
}
