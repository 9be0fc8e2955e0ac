package io.cpdevents.payout.statements.web;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words, amounts and dates of statements in one language.
 *
 * @param locale English or French, of whatever country
 */
record StatementWords(Locale locale, ResourceBundle lines) {

  private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  /** In the language that is wanted, if it is English or French; otherwise in English. */
  static StatementWords in(Locale wanted) {
    Locale locale =
        wanted.getLanguage().equals(Locale.FRENCH.getLanguage())
                || wanted.getLanguage().equals(Locale.ENGLISH.getLanguage())
            ? wanted
            : Locale.ENGLISH;
    return new StatementWords(
        locale, ResourceBundle.getBundle("statements", locale, NO_OTHER_LANGUAGE));
  }

  String text(String key) {
    return lines.getString(key);
  }

  String text(String key, Object value) {
    return new MessageFormat(text(key), locale).format(new Object[] {value});
  }

  /** For a kind or a status: its word. */
  String text(String group, Enum<?> constant) {
    return text(group + "." + ContractsJson.kebabCase(constant));
  }

  /** {@code 1,250.50}, in French {@code 1 250,50}: digits as Stripe counts them. */
  String amount(Money money) {
    int digits = CurrencyRules.digits(money.currency());
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(CurrencyRules.decimal(money));
  }

  /** {@code 1,250}. */
  String number(int value) {
    return NumberFormat.getIntegerInstance(locale).format(value);
  }

  /** In UTC, since neither organization nor event have one time zone for all lines. */
  String date(Instant at) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(locale)
        .format(at.atOffset(ZoneOffset.UTC));
  }
}
