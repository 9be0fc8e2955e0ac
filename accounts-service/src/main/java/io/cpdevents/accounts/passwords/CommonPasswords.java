package io.cpdevents.accounts.passwords;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Passwords that many people choose, and that are tried first. The list ({@code
 * passwords/common.txt}, about 20,000 in lower case, all long enough to be chosen here) was made
 * for this project: some 600 words with which published lists of common passwords begin, in English
 * and French, and the product's own, in the families in which people lengthen them (doubled, with
 * digits, years or an exclamation mark behind), and walks over the keyboard, along its rows and its
 * columns, as it is laid out in English, French and German. It is no copy of a list of passwords
 * that were stolen.
 */
final class CommonPasswords {

  private static final String LIST = "/passwords/common.txt";
  private static final Pattern SEPARATORS = Pattern.compile("[\\s._-]+");
  private static final Set<String> LISTED = read();

  private CommonPasswords() {}

  /** Whether it is listed, however it is capitalized or separated. */
  static boolean contain(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    return LISTED.contains(lower) || LISTED.contains(SEPARATORS.matcher(lower).replaceAll(""));
  }

  private static Set<String> read() {
    try (InputStream file =
            Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(LIST), LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.lines().collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
