package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "125050    | CAD | CAD 1,250.50",
        "5         | EUR | EUR 0.05",
        "12000     | JPY | JPY 12,000",
        "12500     | KWD | KWD 12.500",
        "100       | UGX | UGX 1.00",
        "-250      | GBP | GBP -2.50",
        "99999999  | USD | USD 999,999.99"
      })
  void money_has_the_digits_of_its_currency(long amountMinor, String currency, String expected) {
    assertThat(Wording.of("en-CA").money(Money.of(amountMinor, currency)).replace('\u00a0', ' '))
        .isEqualTo(expected);
  }

  @Test
  void times_are_told_in_the_events_own_zone() {
    Instant nineInToronto = Instant.parse("2026-12-05T14:00:00Z");

    assertThat(Wording.of(null).moment(nineInToronto, TORONTO))
        .isEqualTo("Saturday, December 5, 2026, 09:00 EST");
    assertThat(Wording.of("en-GB").moment(nineInToronto, ZoneId.of("Asia/Tokyo")))
        .startsWith("Saturday, 5 December 2026, 23:00 ");
  }

  @Test
  void an_event_of_one_day_tells_its_date_once() {
    assertThat(
            Wording.of("en-CA")
                .period(
                    Instant.parse("2026-12-05T14:00:00Z"),
                    Instant.parse("2026-12-05T22:00:00Z"),
                    TORONTO))
        .isEqualTo("Saturday, December 5, 2026, 09:00–17:00 EST");
  }

  @Test
  void an_event_over_several_days_or_a_change_of_the_clocks_tells_both_ends() {
    assertThat(
            Wording.of("en-CA")
                .period(
                    Instant.parse("2026-12-05T14:00:00Z"),
                    Instant.parse("2026-12-06T22:00:00Z"),
                    TORONTO))
        .isEqualTo("Saturday, December 5, 2026, 09:00 EST – Sunday, December 6, 2026, 17:00 EST");
    assertThat(
            Wording.of("en-CA")
                .period(
                    Instant.parse("2027-03-14T06:30:00Z"),
                    Instant.parse("2027-03-14T16:00:00Z"),
                    TORONTO))
        .isEqualTo("Sunday, March 14, 2027, 01:30 EST – Sunday, March 14, 2027, 12:00 EDT");
  }

  @Test
  void a_reader_of_a_language_that_we_do_not_have_gets_all_of_it_in_english() {
    assertThat(Wording.of("fr-CA").locale().getLanguage()).isEqualTo("en");
    assertThat(Wording.of("not a locale").locale().getLanguage()).isEqualTo("en");
  }
}
