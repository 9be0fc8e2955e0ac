package io.cpdevents.gateway.pages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/** The languages of the pages. */
enum PageLanguage {
  ENGLISH(Locale.ENGLISH),
  FRENCH(Locale.FRENCH);

  private static final List<Locale> LOCALES =
      Arrays.stream(values()).map(language -> language.locale).toList();

  private final Locale locale;

  PageLanguage(Locale locale) {
    this.locale = locale;
  }

  /** The language that an {@code Accept-Language} prefers (RFC 4647, 3.4); English without one. */
  static PageLanguage preferredBy(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.isBlank()) {
      return ENGLISH;
    }
    try {
      Locale preferred = Locale.lookup(LanguageRange.parse(acceptLanguage), LOCALES);
      return FRENCH.locale.equals(preferred) ? FRENCH : ENGLISH;
    } catch (IllegalArgumentException malformed) {
      return ENGLISH;
    }
  }

  /** As in the attribute {@code lang} and in the names of files. */
  String tag() {
    return locale.toLanguageTag();
  }
}
