package io.cpdevents.accounts.secrets;

import io.cpdevents.accounts.secrets.EncryptionKeys.NamedKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts other people's secrets for the database: each under a random key of its own
 * (AES-256-GCM), and that key under one of the service's (AES-256-GCM, too). So a new key of the
 * service costs one short encryption for each of them, and a copy of the database is worth nothing.
 * Whose it is is authenticated with both: what is put into another's row does not open.
 */
public final class EnvelopeEncryption {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
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
    byte[] dataKey = random(KEY_BYTES);
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

  /** The nonce followed by the ciphertext. */
  private static byte[] encrypt(byte[] key, String owner, byte[] plain) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, nonce, owner).doFinal(plain);
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
      System.arraycopy(ciphertext, 0, both, NONCE_BYTES, ciphertext.length);
      return both;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  private static byte[] decrypt(byte[] key, String owner, byte[] both) {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(both, NONCE_BYTES), owner)
          .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("it was not encrypted like this for " + owner, e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String owner)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }
}
