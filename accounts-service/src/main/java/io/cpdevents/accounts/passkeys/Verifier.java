package io.cpdevents.accounts.passkeys;

import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.data.AuthenticatorAssertionResponse;
import com.yubico.webauthn.data.AuthenticatorAttestationResponse;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.ClientAssertionExtensionOutputs;
import com.yubico.webauthn.data.ClientRegistrationExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.data.exception.Base64UrlException;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import io.cpdevents.accounts.logins.PasskeyCheck.Assertion;
import io.cpdevents.accounts.passkeys.Passkeys.Owner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The rules of WebAuthn, by Yubico's library: type, challenge, origin, RP id, presence and
 * verification of the user, signature and counter.
 */
@Component
class Verifier {

  static final String RP_NAME = "CPD Events";

  /** What passkeys sign with; the first is preferred. */
  static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          PublicKeyCredentialParameters.ES256,
          PublicKeyCredentialParameters.EdDSA,
          PublicKeyCredentialParameters.RS256);

  /** What a browser answers for a new passkey, each as base64url. */
  record Registration(String clientDataJson, String attestationObject) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** A new passkey that is right. */
  record NewPasskey(byte[] challenge, byte[] credentialId, byte[] publicKeyCose, long signCount) {}

  /**
   * A signature that is right.
   *
   * @param counterWentBack whether the device has signed more often before than it says now
   */
  record Signed(byte[] challenge, long signCount, boolean counterWentBack) {}

  private final RelyingParty relyingParty;
  private final Challenges challenges;

  Verifier(PasskeySite site, StoredCredentials credentials, Challenges challenges) {
    this.challenges = challenges;
    this.relyingParty =
        RelyingParty.builder()
            .identity(RelyingPartyIdentity.builder().id(site.domain()).name(RP_NAME).build())
            .credentialRepository(credentials)
            .origins(site.origins())
            .preferredPubkeyParams(ALGORITHMS)
            .allowUntrustedAttestation(true)
            .validateSignatureCounter(false) // who calls looks: it is told to the owner
            .build();
  }

  /**
   * A new passkey of this person; empty when anything about it is not as it was asked for, in this
   * session.
   */
  Optional<NewPasskey> verify(Registration registration, Owner owner, UUID sessionId) {
    try {
      AuthenticatorAttestationResponse response =
          AuthenticatorAttestationResponse.builder()
              .attestationObject(ByteArray.fromBase64Url(registration.attestationObject()))
              .clientDataJSON(ByteArray.fromBase64Url(registration.clientDataJson()))
              .build();
      ByteArray challenge = response.getClientData().getChallenge();
      if (!challenges.isOurs(challenge.getBytes(), sessionId)) {
        return Optional.empty();
      }
      PublicKeyCredential<AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs>
          credential =
              PublicKeyCredential
                  .<AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs>builder()
                  .id(
                      response
                          .getParsedAuthenticatorData()
                          .getAttestedCredentialData()
                          .orElseThrow(() -> new IllegalArgumentException("no key"))
                          .getCredentialId())
                  .response(response)
                  .clientExtensionResults(ClientRegistrationExtensionOutputs.builder().build())
                  .build();
      RegistrationResult result =
          relyingParty.finishRegistration(
              FinishRegistrationOptions.builder()
                  .request(asked(challenge, owner))
                  .response(credential)
                  .build());
      return Optional.of(
          new NewPasskey(
              challenge.getBytes(),
              result.getKeyId().getId().getBytes(),
              result.getPublicKeyCose().getBytes(),
              result.getSignatureCount()));
    } catch (DataAccessException e) {
      throw e;
    } catch (IOException | Base64UrlException | RegistrationFailedException | RuntimeException e) {
      // Whatever the library stumbles over in bytes that somebody has made up.
      return Optional.empty();
    }
  }

  private PublicKeyCredentialCreationOptions asked(ByteArray challenge, Owner owner) {
    return PublicKeyCredentialCreationOptions.builder()
        .rp(relyingParty.getIdentity())
        .user(
            UserIdentity.builder()
                .name(owner.email())
                .displayName(owner.name())
                .id(StoredCredentials.handleOf(owner.accountId()))
                .build())
        .challenge(challenge)
        .pubKeyCredParams(ALGORITHMS)
        .authenticatorSelection(
            AuthenticatorSelectionCriteria.builder()
                .residentKey(ResidentKeyRequirement.REQUIRED)
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build())
        .build();
  }

  /** What a passkey has signed to log in; empty when anything about it is not as asked for. */
  Optional<Signed> verify(Assertion assertion) {
    try {
      AuthenticatorAssertionResponse response =
          AuthenticatorAssertionResponse.builder()
              .authenticatorData(ByteArray.fromBase64Url(assertion.authenticatorData()))
              .clientDataJSON(ByteArray.fromBase64Url(assertion.clientDataJson()))
              .signature(ByteArray.fromBase64Url(assertion.signature()))
              .userHandle(ByteArray.fromBase64Url(assertion.userHandle()))
              .build();
      ByteArray challenge = response.getClientData().getChallenge();
      if (!challenges.isOurs(challenge.getBytes(), null)) {
        return Optional.empty();
      }
      AssertionResult result =
          relyingParty.finishAssertion(
              FinishAssertionOptions.builder()
                  .request(asked(challenge))
                  .response(
                      PublicKeyCredential
                          .<AuthenticatorAssertionResponse, ClientAssertionExtensionOutputs>
                              builder()
                          .id(ByteArray.fromBase64Url(assertion.credentialId()))
                          .response(response)
                          .clientExtensionResults(ClientAssertionExtensionOutputs.builder().build())
                          .build())
                  .build());
      return result.isSuccess()
          ? Optional.of(
              new Signed(
                  challenge.getBytes(),
                  result.getSignatureCount(),
                  !result.isSignatureCounterValid()))
          : Optional.empty();
    } catch (DataAccessException e) {
      throw e;
    } catch (IOException | Base64UrlException | AssertionFailedException | RuntimeException e) {
      // Whatever the library stumbles over in bytes that somebody has made up.
      return Optional.empty();
    }
  }

  private AssertionRequest asked(ByteArray challenge) {
    return AssertionRequest.builder()
        .publicKeyCredentialRequestOptions(
            PublicKeyCredentialRequestOptions.builder()
                .challenge(challenge)
                .rpId(relyingParty.getIdentity().getId())
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build())
        .build();
  }

  /** The account that a passkey says it is for. */
  static Optional<UUID> accountOf(String userHandle) {
    try {
      return StoredCredentials.accountOf(ByteArray.fromBase64Url(userHandle));
    } catch (Base64UrlException e) {
      return Optional.empty();
    }
  }
}
