package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.AccountsProblem;
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
import io.cpdevents.accounts.logins.ProvePassword;
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
import java.util.UUID;
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
  private final ProvePassword provePassword;
  private final PasswordResets resets;
  private final FollowedLinks followed;
  private final EmailChanges emailChanges;
  private final SetPassword setPassword;
  private final Clock clock;

  CompletePasswordReset(
      RequestLimits limits,
      PasswordHashing passwords,
      MakeAttempt makeAttempt,
      ProvePassword provePassword,
      PasswordResets resets,
      FollowedLinks followed,
      EmailChanges emailChanges,
      SetPassword setPassword,
      Clock clock) {
    this.limits = limits;
    this.passwords = passwords;
    this.makeAttempt = makeAttempt;
    this.provePassword = provePassword;
    this.resets = resets;
    this.followed = followed;
    this.emailChanges = emailChanges;
    this.setPassword = setPassword;
    this.clock = clock;
  }

  /**
   * Sets the password, ends every session and tells the owner. The link counts once; a password
   * that cannot be chosen does not use it up. Whoever repeats the request with the same password
   * within ten minutes gets the same answer, unless there is another password by then.
   *
   * @throws RuleViolation 400 {@code token-invalid} or {@code invalid-request}, 429 {@code
   *     too-many-requests} or {@code server-busy}
   */
  public void handle(Command command) {
    Instant now = clock.instant();
    byte[] tokenSha256 = command.token().sha256();
    Optional<UUID> followedBy = followed.accountOf(LoginPurpose.PASSWORD_RESET, tokenSha256, now);
    if (followedBy.isPresent()) {
      repeat(command, followedBy.get());
    } else {
      follow(command, tokenSha256, now);
    }
  }

  private void follow(Command command, byte[] tokenSha256, Instant now) {
    Optional<PasswordResets.Owner> owner = resets.ownerOf(tokenSha256, now);
    try {
      makeAttempt.handle(
          new Attempt(
              LoginPurpose.PASSWORD_RESET,
              LoginMethod.RESET_LINK,
              owner.map(PasswordResets.Owner::accountId).orElse(null),
              null,
              command.origin()),
          new Trial<String, Proof>(
              () -> check(command, owner),
              (proof, passwordHash) -> set(tokenSha256, passwordHash, proof, now)));
    } catch (RuleViolation refusal) {
      // The same request may have come twice at once: the first one has used the link up.
      Optional<UUID> meanwhile =
          refusal.problem() == AccountsProblem.TOKEN_INVALID
              ? followed.accountOf(LoginPurpose.PASSWORD_RESET, tokenSha256, now)
              : Optional.empty();
      repeat(command, meanwhile.orElseThrow(() -> refusal));
      return;
    }
    limits.onSuccess(Limit.LOG_IN_ADDRESS, command.origin());
  }

  private Optional<Proof> set(byte[] tokenSha256, String passwordHash, Proof proof, Instant now) {
    resets.lock(proof.accountId());
    if (!resets.consume(tokenSha256, now)) {
      return Optional.empty();
    }
    followed.add(LoginPurpose.PASSWORD_RESET, tokenSha256, proof.accountId(), now);
    setPassword.handle(
        new SetPassword.Command(passwordHash, LoginMethod.RESET_LINK, null, null), proof);
    emailChanges.removeWantedOf(proof.accountId());
    return Optional.of(proof);
  }

  /**
   * The link was followed already. That the same password was sent is seen by trying it, within the
   * limits of logging in: whoever got hold of a used link learns no more than at the log-in.
   */
  private void repeat(Command command, UUID accountId) {
    try {
      provePassword.handle(
          new ProvePassword.Command(
              LoginPurpose.PASSWORD_RESET,
              new ProvePassword.Who.Known(accountId),
              Password.typed(command.newPassword()),
              null,
              command.origin()),
          (proof, _) -> Optional.of(proof));
    } catch (RuleViolation refusal) {
      throw refusal.problem() == AccountsProblem.INVALID_CREDENTIALS
          ? AccountsProblem.TOKEN_INVALID.violation()
          : refusal;
    }
  }

  /** Answers the hash, which is made here because hashing is slow. */
  private Checked<String> check(Command command, Optional<PasswordResets.Owner> owner) {
    limits.take(Limit.LOG_IN_ADDRESS, command.origin());
    if (owner.isEmpty()) {
      return new Checked.Failed<>(LoginOutcome.LINK_INVALID);
    }
    Password chosen = NewPassword.chosen(command.newPassword(), owner.get().ofPassword());
    return new Checked.Passed<>(passwords.hash(chosen));
  }
}
