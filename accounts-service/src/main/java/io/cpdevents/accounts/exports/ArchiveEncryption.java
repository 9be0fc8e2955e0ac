package io.cpdevents.accounts.exports;

import io.cpdevents.accounts.secrets.AesGcm;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Encrypts archives for the database (AES-256-GCM under a key derived from {@code CPD_TOKEN_KEY}),
 * so that a copy of the database tells nothing more than its tables do.
 */
@Component
class ArchiveEncryption {

  private final AesGcm cipher;

  ArchiveEncryption(TokenKey tokenKey) {
    this.cipher = new AesGcm(tokenKey.keyFor("data exports"));
  }

  /** The archive, sealed for its export. */
  byte[] encrypt(UUID exportId, byte[] archive) {
    return cipher.seal(exportId.toString(), archive);
  }

  /** The archive; empty when it was encrypted under another {@code CPD_TOKEN_KEY}. */
  Optional<byte[]> decrypt(UUID exportId, byte[] sealed) {
    return cipher.open(exportId.toString(), sealed);
  }
}
