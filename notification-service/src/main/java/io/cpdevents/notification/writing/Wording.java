package io.cpdevents.notification.writing;

import io.cpdevents.notification.smtp.SingleLine;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.math.BigDecimal;
import java.text.Bidi;
import java.text.DecimalFormat;
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

  private static final String FIRST_STRONG_ISOLATE = "\u2068";
  private static final String POP_DIRECTIONAL_ISOLATE = "\u2069";
  private static final int MAX_TITLE_CHARACTERS = 150;
  private static final int MAX_LINE_CHARACTERS = 300;
  private static final int MAX_PARAGRAPH_CHARACTERS = 1_000;

  /** Keeps a currency and its amount on one line. */
  private static final String NO_BREAK = "\u00a0";

  /** Where a pattern of {@link DecimalFormat} has the currency. */
  private static final String CURRENCY = "\u00a4";

  private final Locale locale;
  private final ZoneId timeZone;
  private final Lines lines;

  private Wording(Locale locale, ZoneId timeZone, Lines lines) {
    this.locale = locale;
    this.timeZone = timeZone;
    this.lines = lines;
  }

  /**
   * For a reader of this language.
   *
   * @param timeZone IANA; null: UTC
   */
  static Wording of(Locale locale, @Nullable String timeZone, Lines lines) {
    return new Wording(locale, ZoneId.of(timeZone == null ? "UTC" : timeZone), lines);
  }

  Locale locale() {
    return locale;
  }

  /** A title, on one line and short enough for a subject line. */
  public String title(String typed) {
    return isolated(SingleLine.of(typed, MAX_TITLE_CHARACTERS));
  }

  /** What somebody typed, on one line. */
  public String line(String typed) {
    return isolated(SingleLine.of(typed, MAX_LINE_CHARACTERS));
  }

  /**
   * Inside a sentence, text of a script that is written from right to left would change the order
   * of the words and numbers around it, unless it is isolated from them.
   */
  private static String isolated(String line) {
    return Bidi.requiresBidi(line.toCharArray(), 0, line.length())
        ? FIRST_STRONG_ISOLATE + line + POP_DIRECTIONAL_ISOLATE
        : line;
  }

  /** What somebody may have typed, on one line. */
  public @Nullable String lineOrNull(@Nullable String typed) {
    return typed == null ? null : line(typed);
  }

  /** A longer text that somebody may have typed, such as a reason, as one paragraph. */
  public @Nullable String paragraphOrNull(@Nullable String typed) {
    return typed == null ? null : SingleLine.of(typed, MAX_PARAGRAPH_CHARACTERS);
  }

  /** The words that this language has for it. */
  public String phrase(Phrase phrase) {
    return lines.of(phrase, locale);
  }

  /** {@code 50%}, {@code 33.33%}; in French {@code 50 %}. */
  public String share(int basisPoints) {
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMaximumFractionDigits(2);
    return format.format(BigDecimal.valueOf(basisPoints, 4));
  }

  /**
   * {@code CAD 1,250.50}, {@code JPY 12,000}, {@code KWD 12.500}: digits as Stripe counts them. In
   * languages that write the currency behind the amount it stands there: {@code 1 250,50 CAD}.
   */
  public String money(Money money) {
    int digits = CurrencyRules.digits(money.currency());
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    String amount = format.format(CurrencyRules.decimal(money));
    String currency = money.currency().getCurrencyCode();
    return isCurrencyFirst() ? currency + NO_BREAK + amount : amount + NO_BREAK + currency;
  }

  /** In the reader's time zone: {@code Saturday, December 5, 2026, 09:00 EST}. */
  public String moment(Instant at) {
    return moment(at.atZone(timeZone));
  }

  /** A moment in the reader's time zone, if there is one. */
  public @Nullable String momentOrNull(@Nullable Instant at) {
    return at == null ? null : moment(at);
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

  private boolean isCurrencyFirst() {
    return NumberFormat.getCurrencyInstance(locale) instanceof DecimalFormat pattern
        && pattern.toPattern().startsWith(CURRENCY);
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
