package io.cpdevents.accounts.passkeys;

import com.yubico.webauthn.data.ByteArray;
import io.cpdevents.accounts.passkeys.Passkeys.Owner;
import io.cpdevents.platform.error.RuleViolation;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a browser is asked for to make a passkey, in the words of WebAuthn; it changes nothing. */
@Component
public class AskForNewPasskey {

  private static final String TYPE = "public-key";
  private static final String REQUIRED = "required";

  /** Whose passkey it is to be, as the device shows it. */
  public record User(String id, String name, String displayName) {}

  /** Who asks. */
  public record Site(String id, String name) {}

  /** What the passkey may sign with. */
  public record Algorithm(String type, int alg) {}

  /** A passkey that is there already. */
  public record Known(String type, String id) {}

  /** What kind of passkey is wanted. */
  public record Selection(
      String residentKey, boolean requireResidentKey, String userVerification) {}

  /**
   * For {@code PublicKeyCredential.parseCreationOptionsFromJSON}.
   *
   * @param timeout in milliseconds
   */
  public record CreationOptions(
      String challenge,
      Site rp,
      User user,
      List<Algorithm> pubKeyCredParams,
      List<Known> excludeCredentials,
      Selection authenticatorSelection,
      String attestation,
      long timeout) {}

  private final Passkeys passkeys;
  private final Challenges challenges;
  private final PasskeySite site;

  AskForNewPasskey(Passkeys passkeys, Challenges challenges, PasskeySite site) {
    this.passkeys = passkeys;
    this.challenges = challenges;
    this.site = site;
  }

  /**
   * For a passkey of this account, which is answered in the same session within five minutes.
   *
   * @throws RuleViolation 404 {@code account-not-found}
   */
  public CreationOptions handle(UUID accountId, UUID sessionId) {
    Owner owner = passkeys.ownerOf(accountId);
    return new CreationOptions(
        new ByteArray(challenges.next(sessionId)).getBase64Url(),
        new Site(site.domain(), Verifier.RP_NAME),
        new User(StoredCredentials.handleOf(accountId).getBase64Url(), owner.email(), owner.name()),
        Verifier.ALGORITHMS.stream()
            .map(one -> new Algorithm(TYPE, (int) one.getAlg().getId()))
            .toList(),
        passkeys.credentialIdsOf(accountId).stream()
            .map(id -> new Known(TYPE, new ByteArray(id).getBase64Url()))
            .toList(),
        new Selection(REQUIRED, true, REQUIRED),
        "none",
        Challenges.MAX_ANSWER_TIME.toMillis());
  }
}
