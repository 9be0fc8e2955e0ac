package io.cpdevents.accounts.accounts;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    List<FieldError> faults = faultsOf(locale, timeZone);
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
    return new Preferences(locale == null ? null : canonicalLocale(locale).orElseThrow(), timeZone);
  }

  /** What is wrong with the fields {@code locale} and {@code timeZone}. */
  public static List<FieldError> faultsOf(@Nullable String locale, @Nullable String timeZone) {
    List<FieldError> faults = new ArrayList<>();
    if (locale != null && canonicalLocale(locale).isEmpty()) {
      faults.add(FieldProblem.WRONG_FORMAT.at("locale"));
    }
    if (timeZone != null && !TIME_ZONES.contains(timeZone)) {
      faults.add(FieldProblem.UNKNOWN_TIME_ZONE.at("timeZone"));
    }
    return faults;
  }

  private static Optional<String> canonicalLocale(String locale) {
    try {
      return Optional.of(new Locale.Builder().setLanguageTag(locale).build().toLanguageTag())
          .filter(tag -> tag.length() <= ProfileDetails.MAX_LOCALE_CHARACTERS)
          .filter(tag -> !tag.equals("und"));
    } catch (IllformedLocaleException e) {
      return Optional.empty();
    }
  }
}
