package io.cpdevents.platform.text;

import java.math.BigInteger;

/**
 * Crockford's base 32: only letters and digits that people do not mix up (crockford.com/base32).
 */
public final class Base32 {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BITS_PER_CHARACTER = 5;
  private static final int CHARACTER_MASK = (1 << BITS_PER_CHARACTER) - 1;

  private Base32() {}

  /** The lowest bits of a number, five to each character. */
  public static String write(BigInteger number, int characters) {
    StringBuilder text = new StringBuilder(characters);
    for (int i = characters - 1; i >= 0; i--) {
      int character = number.shiftRight(i * BITS_PER_CHARACTER).intValue() & CHARACTER_MASK;
      text.append(ALPHABET.charAt(character));
    }
    return text.toString();
  }
}
