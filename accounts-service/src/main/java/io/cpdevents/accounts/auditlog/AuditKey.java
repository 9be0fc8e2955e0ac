package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.secrets.HmacSha256;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key of the chain. It is not in the database, so whoever holds the database can compute no hash.
 *
 * @param id stands in each entry, and tells nothing about the key
 */
record AuditKey(String id, byte[] secret) {

  private static final int ID_BYTES = 8;

  static AuditKey of(byte[] secret) {
    byte[] digest = HmacSha256.of(secret, "id of this key");
    return new AuditKey(HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES)), secret);
  }

  /** HMAC-SHA-256 of a text: 32 bytes. */
  byte[] codeOf(String text) {
    return HmacSha256.of(secret, text);
  }

  @Override
  public String toString() {
    return "AuditKey[" + id + "]";
  }
}
