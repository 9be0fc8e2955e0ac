package io.cpdevents.accounts.passwords;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who chooses a password, as far as it is known when a request is judged.
 *
 * @param email normalized
 */
public record PasswordOwner(@Nullable String email, @Nullable String name) {

  /** Shorter words are in too many passwords by chance. */
  private static final int MIN_WORD_CHARACTERS = 3;

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** The words of the name and of the address, in lower case, the longest first. */
  List<String> words() {
    return Stream.of(email, name)
        .flatMap(Stream::ofNullable)
        .map(text -> Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
        .flatMap(text -> Arrays.stream(BETWEEN_WORDS.split(text)))
        .filter(word -> word.codePointCount(0, word.length()) >= MIN_WORD_CHARACTERS)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
