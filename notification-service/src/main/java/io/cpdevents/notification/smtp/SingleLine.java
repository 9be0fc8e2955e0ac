package io.cpdevents.notification.smtp;

import java.util.regex.Pattern;

/** Text that people typed, made fit for one line of a mail. */
public final class SingleLine {

  /**
   * Control characters and line ends, which would start a new header or line, and the characters
   * that turn the direction of text around, which make a line look like another.
   */
  private static final Pattern UNFIT =
      Pattern.compile(
          "[\\p{Cc}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

  private static final Pattern SPACES = Pattern.compile("\\s{2,}");

  private SingleLine() {}

  /**
   * The text on one line, at most so many characters (code points), with an ellipsis if it is cut.
   */
  public static String of(String text, int maxCharacters) {
    String line = SPACES.matcher(UNFIT.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
    if (line.codePointCount(0, line.length()) <= maxCharacters) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, maxCharacters - 1)) + "…";
  }
}
