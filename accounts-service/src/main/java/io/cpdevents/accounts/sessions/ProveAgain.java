package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.FactorCode;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.ProveFactor;
import io.cpdevents.accounts.logins.ProvePassword;
import io.cpdevents.accounts.logins.ProvePassword.Who;
import io.cpdevents.accounts.logins.SecondFactor;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.platform.error.RuleViolation;
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
  public record Command(UUID accountId, UUID sessionId, Means means, RequestOrigin origin) {}

  /** By what: who has a second factor is asked for its code, and the password is not enough. */
  public sealed interface Means {

    /** The password, of who has no second factor. */
    record ByPassword(Password password) implements Means {}

    /** A code of the second factor. */
    record ByCode(FactorCode code) implements Means {}
  }

  private final ProvePassword provePassword;
  private final ProveFactor proveFactor;
  private final SecondFactor secondFactor;
  private final Sessions sessions;
  private final NoteProof noteProof;

  ProveAgain(
      ProvePassword provePassword,
      ProveFactor proveFactor,
      SecondFactor secondFactor,
      Sessions sessions,
      NoteProof noteProof) {
    this.provePassword = provePassword;
    this.proveFactor = proveFactor;
    this.secondFactor = secondFactor;
    this.sessions = sessions;
    this.noteProof = noteProof;
  }

  /**
   * Notes the time in the session; access tokens tell it to every service.
   *
   * @throws RuleViolation 401 {@code invalid-credentials} or {@code totp-required}, 429 {@code
   *     too-many-requests} or {@code server-busy}
   */
  public void handle(Command command) {
    switch (command.means()) {
      case Means.ByPassword byPassword ->
          provePassword.handle(
              new ProvePassword.Command(
                  LoginPurpose.STEP_UP,
                  new Who.Known(command.accountId()),
                  byPassword.password(),
                  command.sessionId(),
                  command.origin()),
              (proof, credential) ->
                  noted(
                      command,
                      proof,
                      sessions.prove(command.sessionId(), credential.passwordHash(), proof)));
      case Means.ByCode byCode ->
          proveFactor.handle(
              new ProveFactor.Command(
                  LoginPurpose.STEP_UP,
                  command.accountId(),
                  command.sessionId(),
                  byCode.code(),
                  command.origin()),
              new Trial<>(
                  () -> Checked.ofCode(secondFactor.check(command.accountId(), byCode.code())),
                  (proof, _) ->
                      noted(command, proof, sessions.proveFactor(command.sessionId(), proof))));
    }
  }

  private Optional<Proof> noted(Command command, Proof proof, boolean isProved) {
    if (!isProved) {
      return Optional.empty();
    }
    noteProof.handle(command.accountId(), command.sessionId());
    return Optional.of(proof);
  }
}
