package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.secrets.AesGcm;
import io.cpdevents.accounts.secrets.HmacSha256;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The keys under which secrets of authenticator apps are sealed: AES-256-GCM, derived from {@code
 * CPD_TOKEN_KEY}. Its id stands beside what is sealed, so that what {@code CPD_TOKEN_KEY} was
 * before still opens it, until it is sealed anew.
 */
@Component
class SealingKeys {

  private static final String PURPOSE = "second factors";
  private static final int ID_BYTES = 8;

  /** A secret as it is stored. */
  record Sealed(String keyId, byte[] bytes) {}

  private final String currentId;
  private final Map<String, AesGcm> ciphers = new HashMap<>();

  /**
   * From the configuration.
   *
   * @param former what {@code CPD_TOKEN_KEY} was before
   */
  SealingKeys(TokenKey key, @Value("${cpd.accounts.former-token-keys:}") List<String> former) {
    former.stream().map(TokenKey::new).forEach(this::add);
    this.currentId = add(key);
  }

  private String add(TokenKey key) {
    byte[] derived = key.keyFor(PURPOSE);
    byte[] digest = HmacSha256.of(derived, "id of this key");
    String id = HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    ciphers.put(id, new AesGcm(derived));
    return id;
  }

  String currentId() {
    return currentId;
  }

  /** Seals it for this account alone. */
  Sealed seal(UUID accountId, TotpSecret secret) {
    return new Sealed(currentId, cipher(currentId).seal(accountId.toString(), secret.bytes()));
  }

  TotpSecret open(UUID accountId, Sealed sealed) {
    return cipher(sealed.keyId())
        .open(accountId.toString(), sealed.bytes())
        .map(TotpSecret::new)
        .orElseThrow(
            () -> new IllegalStateException("the secret of " + accountId + " is not sealed by us"));
  }

  private AesGcm cipher(String keyId) {
    AesGcm cipher = ciphers.get(keyId);
    if (cipher == null) {
      throw new IllegalStateException(
          "CPD_FORMER_TOKEN_KEYS lacks the key %s, under which secrets are sealed"
              .formatted(keyId));
    }
    return cipher;
  }
}
