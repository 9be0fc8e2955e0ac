package io.cpdevents.accounts.passkeys;

import com.yubico.webauthn.data.ByteArray;
import org.springframework.stereotype.Component;

/** What a browser is asked for to log in, in the words of WebAuthn; it changes nothing. */
@Component
public class AskForPasskey {

  private static final String REQUIRED = "required";

  /**
   * For {@code PublicKeyCredential.parseRequestOptionsFromJSON}.
   *
   * @param timeout in milliseconds
   */
  public record RequestOptions(
      String challenge, String rpId, String userVerification, long timeout) {}

  private final Challenges challenges;
  private final PasskeySite site;

  AskForPasskey(Challenges challenges, PasskeySite site) {
    this.challenges = challenges;
    this.site = site;
  }

  /** For whatever passkey somebody has here, answered within five minutes. */
  public RequestOptions handle() {
    return new RequestOptions(
        new ByteArray(challenges.next(null)).getBase64Url(),
        site.domain(),
        REQUIRED,
        Challenges.MAX_ANSWER_TIME.toMillis());
  }
}
