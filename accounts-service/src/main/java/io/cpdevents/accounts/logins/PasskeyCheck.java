package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.logins.SecondFactor.RightCode;
import java.util.Optional;
import java.util.UUID;

/** Looks at what passkeys sign. */
public interface PasskeyCheck {

  /**
   * What a browser answers for a passkey, each as base64url.
   *
   * @param userHandle the account that the passkey is for
   */
  record Assertion(
      String credentialId,
      String clientDataJson,
      String authenticatorData,
      String signature,
      String userHandle) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** Whose passkey it would be. */
  Optional<UUID> ownerOf(Assertion assertion);

  /** What was signed, if it is right: it counts once. */
  Optional<RightCode> check(Assertion assertion);
}
