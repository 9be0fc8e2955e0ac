package io.cpdevents.billing.console.web;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.format.Printer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How the pages write what the API answers: {@code ${{…}}} in their templates. */
@Configuration(proxyBeanMethods = false)
class ConsoleWords implements WebMvcConfigurer {

  private static final String NO_BREAK_SPACE = "\u00a0";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addPrinter(
        new Printer<Money>() {
          @Override
          public String print(Money amount, Locale locale) {
            return written(amount);
          }
        });
    registry.addPrinter(
        new Printer<Instant>() {
          @Override
          public String print(Instant time, Locale locale) {
            return TIME.format(time) + NO_BREAK_SPACE + "UTC";
          }
        });
    registry.addPrinter(
        new Printer<Enum<?>>() {
          @Override
          public String print(Enum<?> constant, Locale locale) {
            return ContractsJson.kebabCase(constant).replace('-', ' ');
          }
        });
  }

  /** With its currency, {@code -1,234.50 CAD}. */
  private static String written(Money amount) {
    int digits = Math.max(0, amount.currency().getDefaultFractionDigits());
    return String.format(
            Locale.ROOT, "%,." + digits + "f", BigDecimal.valueOf(amount.amountMinor(), digits))
        + NO_BREAK_SPACE
        + amount.currency().getCurrencyCode();
  }
}
