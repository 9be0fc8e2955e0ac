package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.accounts.SetPassword;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.ProvePassword;
import io.cpdevents.accounts.logins.ProvePassword.Credential;
import io.cpdevents.accounts.logins.ProvePassword.Who;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.accounts.passwords.PasswordOwner;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A person who knows the password chooses another one, and is logged out everywhere else. */
@Component
public class ChangePassword {

  /** The password as it is, and as it is to be. */
  public record Command(
      UUID accountId,
      UUID sessionId,
      Password oldPassword,
      SecretText newPassword,
      RequestOrigin origin) {}

  private record Proved(Proof proof, Credential credential) {}

  private final ProvePassword provePassword;
  private final PasswordHashing passwords;
  private final TransactionTemplate transaction;
  private final SetPassword setPassword;
  private final PasswordResets resets;
  private final EmailChanges emailChanges;

  ChangePassword(
      ProvePassword provePassword,
      PasswordHashing passwords,
      TransactionTemplate transaction,
      SetPassword setPassword,
      PasswordResets resets,
      EmailChanges emailChanges) {
    this.provePassword = provePassword;
    this.passwords = passwords;
    this.transaction = transaction;
    this.setPassword = setPassword;
    this.resets = resets;
    this.emailChanges = emailChanges;
  }

  /**
   * Changes it. The session of the request goes on; open links count no more.
   *
   * @throws RuleViolation 401 {@code invalid-credentials}, 400 {@code invalid-request}, 429 {@code
   *     too-many-requests} or {@code server-busy}
   */
  public void handle(Command command) {
    Proved proved =
        provePassword.handle(
            new ProvePassword.Command(
                LoginPurpose.PASSWORD_CHANGE,
                new Who.LoggedIn(command.accountId()),
                command.oldPassword(),
                null,
                command.origin()),
            (proof, credential) -> Optional.of(new Proved(proof, credential)));
    Credential credential = proved.credential();
    Password chosen =
        NewPassword.chosen(
            command.newPassword(), new PasswordOwner(credential.email(), credential.name()));
    String passwordHash = passwords.hash(chosen);
    transaction.executeWithoutResult(_ -> {
      setPassword.handle(
          new SetPassword.Command(
              passwordHash, LoginMethod.PASSWORD, credential.passwordHash(), command.sessionId()),
          proved.proof());
      resets.removeOf(command.accountId());
      emailChanges.removeWantedOf(command.accountId());
    });
  }
}
