package io.cpdevents.platform.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.format.FormatterRegistry;

/**
 * Values that are written as text, each in one form, in bodies and in addresses alike: nothing
 * around them, no other notation, and no number in place of a time, which tells nobody its unit.
 * Each method throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for
 * what is no such text.
 */
final class ExactText {

  private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

  private ExactText() {}

  /** In milliseconds, as it will be stored, so that what is judged later is what is kept. */
  static Instant instant(String text) {
    return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
  }

  static LocalDate date(String text) {
    return LocalDate.parse(text);
  }

  /** In 36 characters: Java alone reads shorter ones too. */
  static UUID uuid(String text) {
    UUID id = UUID.fromString(text);
    if (!id.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("no UUID");
    }
    return id;
  }

  /** ASCII digits, with a minus before them at most: Java also reads a plus and other digits. */
  static int integer(String text) {
    return Integer.parseInt(digits(text));
  }

  private static String digits(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw new NumberFormatException("no such digits");
    }
    return text;
  }

  /** Nothing else that is read as yes or no elsewhere, nor an empty text as neither. */
  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  /** ISO 4217, upper case. */
  static Currency currency(String text) {
    return Currency.getInstance(text);
  }

  /**
   * For the values in an address. Spring also reads milliseconds, days as a country writes them,
   * hexadecimal numbers, short UUIDs, on and off, and blanks around all of them.
   */
  static void register(FormatterRegistry registry) {
    registry.addConverter(String.class, Instant.class, ExactText::instant);
    registry.addConverter(String.class, LocalDate.class, ExactText::date);
    registry.addConverter(String.class, UUID.class, ExactText::uuid);
    registry.addConverter(String.class, Integer.class, ExactText::integer);
    registry.addConverter(String.class, Long.class, text -> Long.valueOf(digits(text)));
    registry.addConverter(String.class, Boolean.class, ExactText::bool);
    registry.addConverter(String.class, Currency.class, ExactText::currency);
  }
}
