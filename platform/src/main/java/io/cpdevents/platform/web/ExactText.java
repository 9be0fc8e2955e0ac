package io.cpdevents.platform.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;

/**
 * Values that are written as text, each in one form, in bodies and in addresses alike: nothing
 * around them, no other notation, and no number in place of a time, which tells nobody its unit.
 * Each method throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for
 * what is no such text.
 */
final class ExactText {

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

  /** ISO 4217, upper case. */
  static Currency currency(String text) {
    return Currency.getInstance(text);
  }

  /**
   * For the times in an address; Spring also reads milliseconds, and days as a country writes them.
   */
  static void register(FormatterRegistry registry) {
    registry.addConverter(String.class, Instant.class, new OfAddress<>(ExactText::instant));
    registry.addConverter(String.class, LocalDate.class, new OfAddress<>(ExactText::date));
  }

  /** An empty part of an address counts as left out. */
  private record OfAddress<T>(Function<String, T> parser)
      implements Converter<String, @Nullable T> {
    @Override
    public @Nullable T convert(String text) {
      return text.isEmpty() ? null : parser.apply(text);
    }
  }
}
