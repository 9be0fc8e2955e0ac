package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.accounts.SetPassword;
import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.logins.Attempt;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.LoginOutcome;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.MakeAttempt;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A person follows the link of a mail and chooses another password. That logs nobody in, and takes
 * no second factor away: whoever reads the person's mails has won no more than a password.
 */
@Component
public class CompletePasswordReset {

  /** The link that was followed, and the password that was chosen. */
  public record Command(OpaqueToken token, SecretText newPassword, RequestOrigin origin) {}

  private final RequestLimits limits;
  private final PasswordHashing passwords;
  private final MakeAttempt makeAttempt;
  private final PasswordResets resets;
  private final EmailChanges emailChanges;
  private final SetPassword setPassword;
  private final Clock clock;

  CompletePasswordReset(
      RequestLimits limits,
      PasswordHashing passwords,
      MakeAttempt makeAttempt,
      PasswordResets resets,
      EmailChanges emailChanges,
      SetPassword setPassword,
      Clock clock) {
    this.limits = limits;
    this.passwords = passwords;
    this.makeAttempt = makeAttempt;
    this.resets = resets;
    this.emailChanges = emailChanges;
    this.setPassword = setPassword;
    this.clock = clock;
  }

  /**
   * Sets the password, ends every session and tells the owner. The link counts once; a password
   * that cannot be chosen does not use it up.
   *
   * @throws RuleViolation 400 {@code token-invalid} or {@code invalid-request}, 429 {@code
   *     too-many-requests} or {@code server-busy}
   */
  public void handle(Command command) {
    Instant now = clock.instant();
    byte[] tokenSha256 = command.token().sha256();
    Optional<PasswordResets.Owner> owner = resets.ownerOf(tokenSha256, now);
    makeAttempt.handle(
        new Attempt(
            LoginPurpose.PASSWORD_RESET,
            LoginMethod.RESET_LINK,
            owner.map(PasswordResets.Owner::accountId).orElse(null),
            null,
            command.origin()),
        new Trial<String, Proof>(
            () -> check(command, owner),
            (proof, passwordHash) -> {
              resets.lock(proof.accountId());
              if (!resets.consume(tokenSha256, now)) {
                return Optional.empty();
              }
              setPassword.handle(
                  new SetPassword.Command(passwordHash, LoginMethod.RESET_LINK, null, null), proof);
              emailChanges.removeWantedOf(proof.accountId());
              return Optional.of(proof);
            }));
    limits.onSuccess(Limit.LOG_IN_ADDRESS, command.origin().network());
  }

  /** Answers the hash, which is made here because hashing is slow. */
  private Checked<String> check(Command command, Optional<PasswordResets.Owner> owner) {
    limits.take(Limit.LOG_IN_ADDRESS, command.origin().network());
    if (owner.isEmpty()) {
      return new Checked.Failed<>(LoginOutcome.LINK_INVALID);
    }
    Password chosen = NewPassword.chosen(command.newPassword(), owner.get().ofPassword());
    return new Checked.Passed<>(passwords.hash(chosen));
  }
}
