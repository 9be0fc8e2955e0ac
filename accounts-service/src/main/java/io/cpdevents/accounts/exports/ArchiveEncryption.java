package io.cpdevents.accounts.exports;

import io.cpdevents.accounts.secrets.AesGcm;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Encrypts archives for the database (AES-256-GCM under a key derived from {@code CPD_TOKEN_KEY}),
 * so that a copy of the database tells nothing more than its tables do.
 */
@Component
class ArchiveEncryption {

  private static final String PURPOSE = "data exports";

  private final AesGcm cipher;
  private final List<AesGcm> formerCiphers;

  /**
   * From the configuration.
   *
   * @param former what {@code CPD_TOKEN_KEY} was before: archives are there for days
   */
  ArchiveEncryption(
      TokenKey tokenKey, @Value("${cpd.accounts.former-token-keys:}") List<String> former) {
    this.cipher = cipher(tokenKey);
    this.formerCiphers = former.stream().map(TokenKey::new).map(ArchiveEncryption::cipher).toList();
  }

  private static AesGcm cipher(TokenKey key) {
    return new AesGcm(key.keyFor(PURPOSE));
  }

  /** The archive, sealed for its export. */
  byte[] encrypt(UUID exportId, byte[] archive) {
    return cipher.seal(exportId.toString(), archive);
  }

  /** The archive; empty when it was encrypted under a key that is not known any more. */
  Optional<byte[]> decrypt(UUID exportId, byte[] sealed) {
    return Stream.concat(Stream.of(cipher), formerCiphers.stream())
        .flatMap(each -> each.open(exportId.toString(), sealed).stream())
        .findFirst();
  }
}
