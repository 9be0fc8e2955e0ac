package io.cpdevents.registration.registrations;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reference of a registration as people type it, for example {@code 7k3qz 0m4xd}. */
final class TypedReference {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BITS_PER_CHARACTER = 5;
  private static final int CHARACTERS = 10;

  /** The bits of an id of which its reference is made. */
  static final long MASK = (1L << (BITS_PER_CHARACTER * CHARACTERS)) - 1;

  private TypedReference() {}

  /** Those bits of the id that has this reference; null when it is none. */
  static @Nullable Long bitsOf(String typed) {
    String text =
        typed
            .toUpperCase(Locale.ROOT)
            .replaceAll("[-\\s]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    if (text.length() != CHARACTERS) {
      return null;
    }
    long bits = 0;
    for (int i = 0; i < CHARACTERS; i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        return null;
      }
      bits = (bits << BITS_PER_CHARACTER) | value;
    }
    return bits;
  }
}
