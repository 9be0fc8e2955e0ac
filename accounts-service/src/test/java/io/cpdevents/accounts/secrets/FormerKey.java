package io.cpdevents.accounts.secrets;

/** What was sealed in earlier days. */
public final class FormerKey {

  public static final String ID = "former";
  public static final String KEYS = "present:" + "a1".repeat(32) + "," + ID + ":" + "b2".repeat(32);

  private FormerKey() {}

  public static Sealed seal(String owner, byte[] plain) {
    return new EnvelopeEncryption(EncryptionKeys.of(KEYS, "").reversed()).seal(owner, plain);
  }
}
