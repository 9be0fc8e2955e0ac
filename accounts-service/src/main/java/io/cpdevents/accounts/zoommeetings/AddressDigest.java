package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.secrets.Sha256;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The SHA-256 of an e-mail address, by which registrants are told apart: as Zoom does, whatever its
 * case.
 *
 * @param hex 64 hexadecimal digits
 */
record AddressDigest(String hex) {

  static AddressDigest of(String email) {
    return ofBytes(Sha256.of(email.toLowerCase(Locale.ROOT)));
  }

  static AddressDigest ofBytes(byte[] bytes) {
    return new AddressDigest(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
