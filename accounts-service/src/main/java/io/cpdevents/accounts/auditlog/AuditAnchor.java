package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Where the chain ended at a time, signed.
 *
 * @param entries how many entries it had; the place of the last one
 * @param headHash the last one's hash, hexadecimal
 * @param keyId the id of the key that signed it
 * @param signature over the other fields, hexadecimal in lower case: one anchor has one spelling
 */
public record AuditAnchor(
    long entries, String headHash, Instant anchoredAt, String keyId, String signature) {

  /** What was read from elsewhere may lack any of it, and is no anchor then. */
  public AuditAnchor {
    Objects.requireNonNull(headHash, "headHash");
    Objects.requireNonNull(anchoredAt, "anchoredAt");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(signature, "signature");
  }

  static AuditAnchor of(ChainHead head, Instant now, AuditKey key) {
    String headHash = HexFormat.of().formatHex(head.hash());
    return new AuditAnchor(
        head.seq(), headHash, now, key.id(), sign(head.seq(), headHash, now, key));
  }

  /** Whether it was signed with this key; anybody who can write to the topic could add others. */
  boolean isSignedWith(AuditKey key) {
    return MessageDigest.isEqual(
        sign(entries, headHash, anchoredAt, key).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  private static String sign(long entries, String headHash, Instant anchoredAt, AuditKey key) {
    String text = "anchor %d %s %s %s".formatted(entries, headHash, anchoredAt, key.id());
    return HexFormat.of().formatHex(key.codeOf(text));
  }
}
