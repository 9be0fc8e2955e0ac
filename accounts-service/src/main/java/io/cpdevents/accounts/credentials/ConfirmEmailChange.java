package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.accounts.SetEmail;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.ProvePassword;
import io.cpdevents.accounts.logins.ProvePassword.Who;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A person shows that mails to the new address reach them, and by its password that the account is
 * theirs: it has the address from now on. Whoever asks for a stranger's address has the password
 * but not the mail, and the stranger has the mail but not the password: so nobody gets an address
 * by somebody else's pressing of a button.
 */
@Component
public class ConfirmEmailChange {

  /** The link that was followed, and the password of the account that asked for it. */
  public record Command(OpaqueToken token, Password password, RequestOrigin origin) {}

  /** How long whoever reads the mails of the old address can take the change back. */
  static final Duration REVERTIBLE_TIME = Duration.ofDays(7);

  private final UseEmailLink useEmailLink;
  private final ProvePassword provePassword;
  private final EmailChanges changes;
  private final FollowedLinks followed;
  private final PasswordResets resets;
  private final LinkTokens tokens;
  private final SetEmail setEmail;
  private final Outbox outbox;
  private final Clock clock;

  ConfirmEmailChange(
      UseEmailLink useEmailLink,
      ProvePassword provePassword,
      EmailChanges changes,
      FollowedLinks followed,
      PasswordResets resets,
      LinkTokens tokens,
      SetEmail setEmail,
      Outbox outbox,
      Clock clock) {
    this.useEmailLink = useEmailLink;
    this.provePassword = provePassword;
    this.changes = changes;
    this.followed = followed;
    this.resets = resets;
    this.tokens = tokens;
    this.setEmail = setEmail;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Changes the address, and tells the old one. The link counts once and for a day; whoever repeats
   * the request within ten minutes gets the same answer. A wrong password uses nothing up but an
   * attempt.
   *
   * @throws RuleViolation 400 {@code token-invalid}, 401 {@code invalid-credentials}, 409 {@code
   *     email-taken}, 429 {@code too-many-requests} or {@code server-busy}
   */
  public void handle(Command command) {
    byte[] tokenSha256 = command.token().sha256();
    Instant now = clock.instant();
    Optional<EmailChanges.Link> found = changes.findChange(tokenSha256, now);
    Optional<UUID> accountId =
        found
            .map(EmailChanges.Link::accountId)
            .or(() -> followed.accountOf(LoginPurpose.EMAIL_CHANGE, tokenSha256, now));
    if (accountId.isEmpty()) {
      // Nobody's password is at stake: it is recorded and refused as a link that counts no more.
      useEmailLink.handle(
          new UseEmailLink.Command(
              LoginPurpose.EMAIL_CHANGE, tokenSha256, Optional.empty(), command.origin()),
          new Trial<Boolean, Proof>(() -> new Checked.Passed<>(true), (_, _) -> Optional.empty()));
    }
    provePassword.handle(
        new ProvePassword.Command(
            LoginPurpose.EMAIL_CHANGE,
            new Who.Known(accountId.orElseThrow()),
            command.password(),
            null,
            command.origin()),
        (proof, _) -> {
          changes.lockAccount(proof.accountId());
          // Another password ends the link, so what was proved is still the password.
          if (changes.consumeChange(tokenSha256)) {
            followed.add(LoginPurpose.EMAIL_CHANGE, tokenSha256, proof.accountId(), now);
            change(found.orElseThrow(), proof, now);
          } else if (followed.accountOf(LoginPurpose.EMAIL_CHANGE, tokenSha256, now).isEmpty()) {
            throw AccountsProblem.TOKEN_INVALID.violation();
          }
          return Optional.of(proof);
        });
  }

  private void change(EmailChanges.Link link, Proof proof, Instant now) {
    String oldEmail = setEmail.handle(link.email(), proof);
    UUID changeId = Ids.next();
    Instant revertibleUntil = now.plus(REVERTIBLE_TIME);
    EmailChanges.Link old = new EmailChanges.Link(proof.accountId(), oldEmail);
    changes.addRevert(changeId, old, tokens.emailRevert(changeId).sha256(), now, revertibleUntil);
    // Its link went to the old address.
    resets.removeOf(proof.accountId());
    outbox.append(new EmailChanged(proof.accountId(), changeId, now, revertibleUntil));
  }
}
