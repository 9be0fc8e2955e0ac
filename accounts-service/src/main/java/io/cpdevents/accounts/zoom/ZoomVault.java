package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.secrets.EnvelopeEncryption;
import io.cpdevents.accounts.secrets.Sealed;
import io.cpdevents.contracts.ContractsJson;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Encrypts tokens for the database, each for its organization alone. */
@Component
class ZoomVault {

  /** What is encrypted. */
  record Secrets(String accessToken, String refreshToken) {
    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final EnvelopeEncryption encryption;

  ZoomVault(EnvelopeEncryption encryption, ZoomSettings settings) {
    if (settings.isOffered() && !encryption.isPossible()) {
      throw new IllegalStateException(
          "CPD_ZOOM_CLIENT_ID is set, so CPD_ENCRYPTION_KEYS or CPD_ENCRYPTION_KEYS_FILE must be");
    }
    this.encryption = encryption;
  }

  Sealed seal(UUID organizationId, ZoomTokens tokens) {
    return encryption.seal(
        organizationId.toString(),
        ContractsJson.mapper()
            .writeValueAsBytes(new Secrets(tokens.accessToken(), tokens.refreshToken())));
  }

  Secrets open(UUID organizationId, Sealed sealed) {
    return ContractsJson.mapper()
        .readValue(encryption.open(organizationId.toString(), sealed), Secrets.class);
  }
}
