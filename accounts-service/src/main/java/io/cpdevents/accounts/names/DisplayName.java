package io.cpdevents.accounts.names;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.text.Normalizer;

/** The name of a person or an organization: one line of well-formed text. */
public final class DisplayName {

  /** The longest name, in characters. */
  public static final int MAX_LENGTH_CHARACTERS = 200;

  private DisplayName() {}

  /**
   * The name in the form in which it is stored: without blanks at its ends, in Unicode's NFC.
   *
   * @param field the input field, for the refusal
   * @throws RuleViolation 400 {@code invalid-request} when it is blank, too long, or has control
   *     characters or broken Unicode
   */
  public static String of(String field, String raw) {
    String name = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
    if (name.isEmpty()) {
      throw FieldProblem.BLANK.on(field);
    }
    if (name.codePointCount(0, name.length()) > MAX_LENGTH_CHARACTERS) {
      throw FieldProblem.TOO_LONG.on(field);
    }
    if (name.codePoints().anyMatch(DisplayName::isUnprintable)) {
      throw FieldProblem.INVALID_CHARACTERS.on(field);
    }
    return name;
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      // An unpaired surrogate appears as a code point of its own.
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isDirectionOverride(codePoint);
    };
  }

  /** Bidirectional controls, with which a name could reorder the text around it in a mail. */
  private static boolean isDirectionOverride(int codePoint) {
    return (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
