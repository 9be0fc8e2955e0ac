package io.cpdevents.accounts.tokens;

import io.cpdevents.accounts.secrets.AesGcm;
import io.cpdevents.accounts.secrets.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Encrypts the private signing key for the database (AES-256-GCM under a key derived from {@code
 * CPD_TOKEN_KEY}), so that nobody can sign with a copy of the database.
 */
@Component
class SigningKeyEncryption {

  private final AesGcm cipher;

  SigningKeyEncryption(TokenKey tokenKey) {
    this.cipher = new AesGcm(tokenKey.keyFor("signing-key-encryption"));
  }

  /** The nonce followed by the ciphertext; the key's id is authenticated with it. */
  byte[] encrypt(String keyId, String privateJwk) {
    return cipher.seal(keyId, privateJwk.getBytes(StandardCharsets.UTF_8));
  }

  /** The private key; empty when nobody encrypted it under this {@code CPD_TOKEN_KEY}. */
  Optional<String> decrypt(String keyId, byte[] sealed) {
    return cipher.open(keyId, sealed).map(plain -> new String(plain, StandardCharsets.UTF_8));
  }
}
