package io.cpdevents.notification.writing;

import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How dates, times and money are written for one reader. */
final class Wording {

  private static final Set<String> LANGUAGES = Set.of("en");
  private static final Locale DEFAULT = Locale.CANADA;

  private final Locale locale;

  private Wording(Locale locale) {
    this.locale = locale;
  }

  /**
   * For a reader with this locale: its language if we have it, else English.
   *
   * @param locale BCP 47; null when the person chose none
   */
  static Wording of(@Nullable String locale) {
    Locale wanted = locale == null ? DEFAULT : Locale.forLanguageTag(locale);
    return new Wording(LANGUAGES.contains(wanted.getLanguage()) ? wanted : DEFAULT);
  }

  Locale locale() {
    return locale;
  }

  /** {@code CAD 1,250.50}, {@code JPY 12,000}, {@code KWD 12.500}: digits as Stripe counts them. */
  String money(Money money) {
    int digits = CurrencyRules.digits(money.currency());
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    // No break between the currency and its amount.
    return money.currency().getCurrencyCode()
        + "\u00a0"
        + format.format(BigDecimal.valueOf(money.amountMinor(), digits));
  }

  /** {@code Saturday, December 5, 2026, 09:00 EST}. */
  String moment(Instant at, ZoneId zone) {
    ZonedDateTime time = at.atZone(zone);
    return "%s, %s %s".formatted(day(time), clockTime(time), zoneName(time));
  }

  /** {@code Saturday, December 5, 2026, 09:00–17:00 EST}; both dates when they differ. */
  String period(Instant from, Instant until, ZoneId zone) {
    ZonedDateTime start = from.atZone(zone);
    ZonedDateTime end = until.atZone(zone);
    // Across a change of the clocks each end has its own zone name.
    if (start.toLocalDate().equals(end.toLocalDate()) && zoneName(start).equals(zoneName(end))) {
      return "%s, %s–%s %s"
          .formatted(day(start), clockTime(start), clockTime(end), zoneName(start));
    }
    return "%s – %s".formatted(moment(from, zone), moment(until, zone));
  }

  private String day(ZonedDateTime time) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale).format(time);
  }

  private String clockTime(ZonedDateTime time) {
    return DateTimeFormatter.ofPattern("HH:mm", locale).format(time);
  }

  private String zoneName(ZonedDateTime time) {
    return DateTimeFormatter.ofPattern("zzz", locale).format(time);
  }
}
