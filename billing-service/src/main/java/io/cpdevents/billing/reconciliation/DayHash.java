package io.cpdevents.billing.reconciliation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a file that is read piece by piece. */
final class DayHash {

  private final MessageDigest digest;

  DayHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(String piece) {
    digest.update(piece.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the computation; the hash in hexadecimal digits. */
  String finish() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
