package io.cpdevents.billing.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.money.Money;
import org.junit.jupiter.api.Test;
import org.springframework.format.support.DefaultFormattingConversionService;

class ConsoleWordsTest {

  @Test
  void amounts_have_the_digits_that_stripe_counts_whatever_the_norm_says() {
    assertThat(written(1_250, "CAD")).isEqualTo("12.50 CAD");
    assertThat(written(1_250, "JPY")).isEqualTo("1,250 JPY");
    assertThat(written(-12_500, "KWD")).isEqualTo("-12.500 KWD");
    assertThat(written(125_000, "ISK")).isEqualTo("1,250.00 ISK");
    assertThat(written(125_000, "UGX")).isEqualTo("1,250.00 UGX");
    assertThat(written(1_250, "MGA")).isEqualTo("1,250 MGA");
  }

  private static String written(long amountMinor, String currency) {
    DefaultFormattingConversionService words = new DefaultFormattingConversionService();
    new ConsoleWords().addFormatters(words);
    return String.valueOf(words.convert(Money.of(amountMinor, currency), String.class))
        .replace('\u00a0', ' ');
  }
}
