package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.accounts.SetEmail;
import io.cpdevents.accounts.accounts.SetPassword;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Whoever reads the mails of the old address takes the change back. Somebody else knew the
 * password, so it counts no more: the owner gets a link for another one.
 *
 * <p>It works after a password was reset by whoever reads the mails of the new address, because a
 * thief resets it, too. That gives nobody the account of somebody else: an address becomes an
 * account's only by the account's own password ({@link ConfirmEmailChange}), so who reads the mails
 * of the new address had the account before, and knew that another address had, too.
 *
 * <p>Whoever had the account may have added a passkey or an authenticator app, which would let them
 * in again, and keep the owner from what asks for a second factor ({@link RemoveWhatOthersAdded});
 * what the owner had before is asked for as ever.
 */
@Component
public class RevertEmailChange {

  private final UseEmailLink useEmailLink;
  private final PasswordHashing passwords;
  private final EmailChanges changes;
  private final FollowedLinks followed;
  private final PasswordResets resets;
  private final SetEmail setEmail;
  private final SetPassword setPassword;
  private final RemoveWhatOthersAdded removeWhatOthersAdded;
  private final Clock clock;

  RevertEmailChange(
      UseEmailLink useEmailLink,
      PasswordHashing passwords,
      EmailChanges changes,
      FollowedLinks followed,
      PasswordResets resets,
      SetEmail setEmail,
      SetPassword setPassword,
      RemoveWhatOthersAdded removeWhatOthersAdded,
      Clock clock) {
    this.useEmailLink = useEmailLink;
    this.passwords = passwords;
    this.changes = changes;
    this.followed = followed;
    this.resets = resets;
    this.setEmail = setEmail;
    this.setPassword = setPassword;
    this.removeWhatOthersAdded = removeWhatOthersAdded;
    this.clock = clock;
  }

  /**
   * Gives the account its old address, ends every session and every open link, and removes the
   * second factors, API keys and invitations that were added since the day before the change. The
   * link counts once and for seven days; whoever repeats the request within ten minutes gets the
   * same answer.
   *
   * @throws RuleViolation 400 {@code token-invalid}, 409 {@code email-taken}, 429 {@code
   *     too-many-requests} or {@code server-busy}
   */
  public void handle(OpaqueToken token, RequestOrigin origin) {
    byte[] tokenSha256 = token.sha256();
    Instant now = clock.instant();
    Optional<EmailChanges.WayBack> found = changes.findRevert(tokenSha256, now);
    // Who repeats the request is recorded and limited as the first time.
    Optional<UUID> accountId =
        found
            .map(wayBack -> wayBack.link().accountId())
            .or(() -> followed.accountOf(LoginPurpose.EMAIL_REVERT, tokenSha256, now));
    useEmailLink.handle(
        new UseEmailLink.Command(LoginPurpose.EMAIL_REVERT, tokenSha256, accountId, origin),
        new Trial<Optional<String>, Proof>(
            // Outside the transaction, because hashing is slow. Nobody knows what is hashed.
            () ->
                new Checked.Passed<>(
                    found.map(_ -> passwords.hash(new Password(OpaqueToken.next().value())))),
            (proof, unknown) -> {
              changes.lockAccount(proof.accountId());
              if (found.isEmpty() || !changes.consumeReverts(tokenSha256)) {
                return followed
                    .accountOf(LoginPurpose.EMAIL_REVERT, tokenSha256, now)
                    .map(_ -> proof);
              }
              followed.add(LoginPurpose.EMAIL_REVERT, tokenSha256, proof.accountId(), now);
              setEmail.handle(found.orElseThrow().link().email(), proof);
              removeWhatOthersAdded.handle(proof.accountId(), found.orElseThrow().changedAt());
              changes.removeWantedOf(proof.accountId());
              resets.removeOf(proof.accountId());
              setPassword.handle(
                  new SetPassword.Command(
                      unknown.orElseThrow(), LoginMethod.EMAIL_LINK, null, null),
                  proof);
              return Optional.of(proof);
            }));
  }
}
