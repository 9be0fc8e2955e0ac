package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Where the chain ended at a time, signed.
 *
 * @param entries how many entries it had; the place of the last one
 * @param headHash the last one's hash, hexadecimal
 * @param keyId the id of the key that signed it
 * @param signature over the other fields, hexadecimal
 */
public record AuditAnchor(
    long entries, String headHash, Instant anchoredAt, String keyId, String signature) {

  static AuditAnchor of(ChainHead head, Instant now, AuditKey key) {
    String headHash = HexFormat.of().formatHex(head.hash());
    return new AuditAnchor(
        head.seq(), headHash, now, key.id(), sign(head.seq(), headHash, now, key));
  }

  /** Whether it was signed with this key; anybody who can write to the topic could add others. */
  boolean isSignedWith(AuditKey key) {
    return MessageDigest.isEqual(
        HexFormat.of().parseHex(sign(entries, headHash, anchoredAt, key)), bytes(signature));
  }

  /** Whether the entry at its place is the one that stood there. */
  boolean agreesWith(AuditEntry entry) {
    return HexFormat.of().formatHex(entry.hash()).equals(headHash);
  }

  private static byte[] bytes(String hexadecimal) {
    try {
      return HexFormat.of().parseHex(hexadecimal);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String sign(long entries, String headHash, Instant anchoredAt, AuditKey key) {
    String text = "anchor %d %s %s %s".formatted(entries, headHash, anchoredAt, key.id());
    return HexFormat.of().formatHex(key.codeOf(text));
  }
}
