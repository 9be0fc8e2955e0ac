package io.cpdevents.accounts.accounts;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The language and time zone that a person has chosen.
 *
 * @param locale BCP 47, for example {@code en-CA}; null when not chosen
 * @param timeZone IANA, for example {@code America/Toronto}; null when not chosen
 */
public record Preferences(@Nullable String locale, @Nullable String timeZone) {

  private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  /**
   * What somebody asked for, in canonical form.
   *
   * @throws RuleViolation {@code invalid-request}: field {@code locale} or {@code timeZone}
   */
  public static Preferences of(@Nullable String locale, @Nullable String timeZone) {
    return new Preferences(
        locale == null ? null : canonicalLocale(locale), knownTimeZone(timeZone));
  }

  private static String canonicalLocale(String locale) {
    try {
      String tag = new Locale.Builder().setLanguageTag(locale).build().toLanguageTag();
      if (tag.length() > ProfileDetails.MAX_LOCALE_CHARACTERS || tag.equals("und")) {
        throw FieldProblem.INVALID_LOCALE.on("locale");
      }
      return tag;
    } catch (IllformedLocaleException e) {
      throw FieldProblem.INVALID_LOCALE.on("locale");
    }
  }

  private static @Nullable String knownTimeZone(@Nullable String timeZone) {
    if (timeZone != null && !TIME_ZONES.contains(timeZone)) {
      throw FieldProblem.UNKNOWN_TIME_ZONE.on("timeZone");
    }
    return timeZone;
  }
}
