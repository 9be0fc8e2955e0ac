package io.cpdevents.platform.text;

import jakarta.validation.ConstraintValidatorContext;
import java.text.Normalizer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The rules about text that people type. */
public final class TypedText {

  /** The code of a field whose text has a character that it may not have. */
  static final String WRONG_FORMAT = "wrong-format";

  /** The code of a field whose text is too long. */
  static final String WRONG_LENGTH = "wrong-length";

  private TypedText() {}

  /**
   * The text in the form in which it is stored: in Unicode's NFC, without blanks around it.
   *
   * @return null when nothing of it would be visible: that is no text
   */
  public static @Nullable String tidied(String typed) {
    String text = stripped(Normalizer.normalize(typed, Normalizer.Form.NFC));
    return text.codePoints().anyMatch(TypedText::isVisible) ? text : null;
  }

  /** The text without blanks around it; no-break and zero-width spaces are blanks too. */
  static String stripped(String text) {
    int start = 0;
    while (start < text.length() && isBlank(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    int end = text.length();
    while (end > start && isBlank(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** Whether PostgreSQL can store it: no NUL, and no half of a surrogate pair. */
  public static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  /** Judges a text for Bean Validation, with the code of what is wrong as the message. */
  static boolean judge(
      @Nullable String text, int max, IntPredicate isAllowed, ConstraintValidatorContext context) {
    if (text == null) {
      return true;
    }
    if (!text.codePoints().allMatch(isAllowed)) {
      return false;
    }
    if (text.codePointCount(0, text.length()) <= max) {
      return true;
    }
    context.disableDefaultConstraintViolation();
    context.buildConstraintViolationWithTemplate(WRONG_LENGTH).addConstraintViolation();
    return false;
  }

  /** Whether a line of text may have it. */
  static boolean isInLine(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isNoCharacter(codePoint) && !isDirectionControl(codePoint);
    };
  }

  /** Whether lines of text may have it. */
  static boolean isInProse(int codePoint) {
    return switch (codePoint) {
      case '\n', '\r', '\t', 0x2028, 0x2029 -> true;
      default -> isInLine(codePoint);
    };
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || switch (codePoint) {
          // Zero-width space, word joiner, byte order mark.
          case 0x200B, 0x2060, 0xFEFF -> true;
          default -> false;
        };
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isInvisibleLetter(codePoint);
    };
  }

  /** Letters, symbols and marks that have no shape of their own. */
  private static boolean isInvisibleLetter(int codePoint) {
    return switch (codePoint) {
      // Grapheme joiner, Hangul fillers, Khmer inherent vowels, Braille blank, Hangul fillers.
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      // Variation selectors, and code points that Unicode keeps for what is to be ignored.
      default ->
          codePoint == 0x2065
              || isBetween(codePoint, 0x180B, 0x180F)
              || isBetween(codePoint, 0xFE00, 0xFE0F)
              || isBetween(codePoint, 0xFFF0, 0xFFF8)
              || isBetween(codePoint, 0xE0000, 0xE0FFF);
    };
  }

  private static boolean isBetween(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }

  /** Code points that Unicode never gives to a character. */
  private static boolean isNoCharacter(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || isBetween(codePoint, 0xFDD0, 0xFDEF);
  }

  /** Bidirectional controls, with which a text could reorder what stands around it in a mail. */
  private static boolean isDirectionControl(int codePoint) {
    return isBetween(codePoint, 0x202A, 0x202E) || isBetween(codePoint, 0x2066, 0x2069);
  }
}
