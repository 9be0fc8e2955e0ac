package io.cpdevents.accounts.secrets;

import io.cpdevents.accounts.secrets.EncryptionKeys.NamedKey;
import java.security.SecureRandom;
import java.util.List;

/**
 * Encrypts other people's secrets for the database: each under a random key of its own
 * (AES-256-GCM), and that key under one of the service's (AES-256-GCM, too). So a new key of the
 * service costs one short encryption for each of them, and a copy of the database is worth nothing.
 * Whose it is is authenticated with both: what is put into another's row does not open.
 */
public final class EnvelopeEncryption {

  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<NamedKey> keys;

  EnvelopeEncryption(List<NamedKey> keys) {
    this.keys = keys;
  }

  /** Whether there is a key. */
  public boolean isPossible() {
    return !keys.isEmpty();
  }

  /** The ids of all keys, the present one first. */
  public List<String> keyIds() {
    return keys.stream().map(NamedKey::id).toList();
  }

  /** Encrypts it for its owner. */
  public Sealed seal(String owner, byte[] plain) {
    byte[] dataKey = newKey();
    byte[] content = encrypt(dataKey, owner, plain);
    return new Sealed(present().id(), encrypt(present().bytes(), owner, dataKey), content);
  }

  /**
   * Decrypts it.
   *
   * @throws IllegalStateException when its key is not there any more, it is another owner's, or
   *     somebody has changed it
   */
  public byte[] open(String owner, Sealed sealed) {
    return decrypt(dataKeyOf(owner, sealed), owner, sealed.content());
  }

  /** The same under the present key of the service. */
  public Sealed rewrapped(String owner, Sealed sealed) {
    byte[] dataKey = dataKeyOf(owner, sealed);
    return new Sealed(present().id(), encrypt(present().bytes(), owner, dataKey), sealed.content());
  }

  private byte[] dataKeyOf(String owner, Sealed sealed) {
    NamedKey key =
        keys.stream()
            .filter(known -> known.id().equals(sealed.keyId()))
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(
                    "CPD_ENCRYPTION_KEYS lacks the key '%s', which is still used"
                        .formatted(sealed.keyId())));
    return decrypt(key.bytes(), owner, sealed.dataKey());
  }

  private NamedKey present() {
    if (keys.isEmpty()) {
      throw new IllegalStateException("CPD_ENCRYPTION_KEYS is not set");
    }
    return keys.getFirst();
  }

  private static byte[] encrypt(byte[] key, String owner, byte[] plain) {
    return new AesGcm(key).seal(owner, plain);
  }

  private static byte[] decrypt(byte[] key, String owner, byte[] sealed) {
    return new AesGcm(key)
        .open(owner, sealed)
        .orElseThrow(
            () -> new IllegalStateException("it was not encrypted like this for " + owner));
  }

  private static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }
}
