package io.cpdevents.notification.writing;

import io.cpdevents.notification.smtp.SingleLine;
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
import org.jspecify.annotations.Nullable;

/** How dates, times, money and what people typed are written for one reader. */
public final class Wording {

  private static final int MAX_TITLE_CHARACTERS = 150;
  private static final int MAX_LINE_CHARACTERS = 300;

  private final Locale locale;
  private final ZoneId timeZone;

  private Wording(Locale locale, ZoneId timeZone) {
    this.locale = locale;
    this.timeZone = timeZone;
  }

  /**
   * For a reader of this language.
   *
   * @param timeZone IANA; null: UTC
   */
  static Wording of(Locale locale, @Nullable String timeZone) {
    return new Wording(locale, ZoneId.of(timeZone == null ? "UTC" : timeZone));
  }

  Locale locale() {
    return locale;
  }

  /** A title, on one line and short enough for a subject line. */
  public String title(String typed) {
    return SingleLine.of(typed, MAX_TITLE_CHARACTERS);
  }

  /** What somebody typed, on one line. */
  public String line(String typed) {
    return SingleLine.of(typed, MAX_LINE_CHARACTERS);
  }

  /** {@code CAD 1,250.50}, {@code JPY 12,000}, {@code KWD 12.500}: digits as Stripe counts them. */
  public String money(Money money) {
    int digits = CurrencyRules.digits(money.currency());
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    // No break between the currency and its amount.
    return money.currency().getCurrencyCode()
        + "\u00a0"
        + format.format(BigDecimal.valueOf(money.amountMinor(), digits));
  }

  /** In the reader's time zone: {@code Saturday, December 5, 2026, 09:00 EST}. */
  public String moment(Instant at) {
    return moment(at.atZone(timeZone));
  }

  /**
   * {@code Saturday, December 5, 2026, 09:00–17:00 EST}; both dates when they differ.
   *
   * @param place the time zone of where it happens
   */
  public String period(Instant from, Instant until, ZoneId place) {
    ZonedDateTime start = from.atZone(place);
    ZonedDateTime end = until.atZone(place);
    // Across a change of the clocks each end has its own zone name.
    if (start.toLocalDate().equals(end.toLocalDate()) && zoneName(start).equals(zoneName(end))) {
      return "%s, %s–%s %s"
          .formatted(day(start), clockTime(start), clockTime(end), zoneName(start));
    }
    return "%s – %s".formatted(moment(start), moment(end));
  }

  private String moment(ZonedDateTime time) {
    return "%s, %s %s".formatted(day(time), clockTime(time), zoneName(time));
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
