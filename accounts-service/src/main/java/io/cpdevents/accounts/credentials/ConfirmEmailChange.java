package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.accounts.SetEmail;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.origin.RequestOrigin;
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

/** A person shows that mails to the new address reach them: it is the account's from now on. */
@Component
public class ConfirmEmailChange {

  /** How long whoever reads the mails of the old address can take the change back. */
  static final Duration REVERTIBLE_TIME = Duration.ofDays(7);

  private final UseEmailLink useEmailLink;
  private final EmailChanges changes;
  private final PasswordResets resets;
  private final LinkTokens tokens;
  private final SetEmail setEmail;
  private final Outbox outbox;
  private final Clock clock;

  ConfirmEmailChange(
      UseEmailLink useEmailLink,
      EmailChanges changes,
      PasswordResets resets,
      LinkTokens tokens,
      SetEmail setEmail,
      Outbox outbox,
      Clock clock) {
    this.useEmailLink = useEmailLink;
    this.changes = changes;
    this.resets = resets;
    this.tokens = tokens;
    this.setEmail = setEmail;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Changes the address, and tells the old one. The link counts once and for a day.
   *
   * @throws RuleViolation 400 {@code token-invalid}, 409 {@code email-taken}, 429 {@code
   *     too-many-requests}
   */
  public void handle(OpaqueToken token, RequestOrigin origin) {
    byte[] tokenSha256 = token.sha256();
    Instant now = clock.instant();
    useEmailLink.handle(
        new UseEmailLink.Command(
            LoginPurpose.EMAIL_CHANGE, changes.findChange(tokenSha256, now), origin),
        (proof, link) -> {
          changes.lockAccount(proof.accountId());
          if (!changes.consumeChange(tokenSha256)) {
            return Optional.empty();
          }
          String oldEmail = setEmail.handle(link.email(), proof);
          UUID changeId = Ids.next();
          Instant revertibleUntil = now.plus(REVERTIBLE_TIME);
          changes.addRevert(
              changeId,
              new EmailChanges.Link(proof.accountId(), oldEmail),
              tokens.emailRevert(changeId).sha256(),
              now,
              revertibleUntil);
          // Its link went to the old address.
          resets.removeOf(proof.accountId());
          outbox.append(new EmailChanged(proof.accountId(), changeId, now, revertibleUntil));
          return Optional.of(proof);
        });
  }
}
