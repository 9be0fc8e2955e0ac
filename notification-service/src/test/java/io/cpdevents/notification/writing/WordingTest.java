package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
  private static final Lines LINES = Lines.in("mails");
  private static final Wording IN_CANADA = Wording.of(Locale.CANADA, "America/Toronto", LINES);

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
    assertThat(IN_CANADA.money(Money.of(amountMinor, currency)).replace('\u00a0', ' '))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fr-CA | 125050 | CAD | 1 250,50 CAD",
        "fr-FR | 125050 | EUR | 1 250,50 EUR",
        "fr    | 12000  | JPY | 12 000 JPY",
        "en-GB | 125050 | EUR | EUR 1,250.50"
      })
  void the_currency_stands_where_the_readers_language_writes_it(
      String language, long amountMinor, String currency, String expected) {
    Wording wording = Wording.of(Locale.forLanguageTag(language), null, LINES);

    assertThat(wording.money(Money.of(amountMinor, currency)).replaceAll("\\h", " "))
        .isEqualTo(expected);
  }

  @Test
  void a_share_is_told_in_per_cent() {
    assertThat(IN_CANADA.share(10_000)).isEqualTo("100%");
    assertThat(IN_CANADA.share(3_333)).isEqualTo("33.33%");
    assertThat(Wording.of(Locale.FRANCE, null, LINES).share(2_550).replaceAll("\\h", " "))
        .isEqualTo("25,5 %");
  }

  @Test
  void a_day_is_told_in_the_readers_language_and_the_zone_of_the_place() {
    assertThat(
            Wording.of(Locale.CANADA_FRENCH, "Europe/Paris", LINES)
                .period(
                    Instant.parse("2026-12-05T14:00:00Z"),
                    Instant.parse("2026-12-05T22:00:00Z"),
                    TORONTO))
        .isEqualTo("samedi 5 décembre 2026, 09:00–17:00 HNE");
  }

  @Test
  void a_moment_is_told_in_the_readers_time_zone() {
    Instant nineInToronto = Instant.parse("2026-12-05T14:00:00Z");

    assertThat(IN_CANADA.moment(nineInToronto)).isEqualTo("Saturday, December 5, 2026, 09:00 EST");
    assertThat(Wording.of(Locale.UK, "Asia/Tokyo", LINES).moment(nineInToronto))
        .startsWith("Saturday, 5 December 2026, 23:00 ");
  }

  @Test
  void an_event_of_one_day_tells_its_date_once() {
    assertThat(
            IN_CANADA.period(
                Instant.parse("2026-12-05T14:00:00Z"),
                Instant.parse("2026-12-05T22:00:00Z"),
                TORONTO))
        .isEqualTo("Saturday, December 5, 2026, 09:00–17:00 EST");
  }

  @Test
  void an_event_over_several_days_or_a_change_of_the_clocks_tells_both_ends() {
    assertThat(
            IN_CANADA.period(
                Instant.parse("2026-12-05T14:00:00Z"),
                Instant.parse("2026-12-06T22:00:00Z"),
                TORONTO))
        .isEqualTo("Saturday, December 5, 2026, 09:00 EST – Sunday, December 6, 2026, 17:00 EST");
    assertThat(
            IN_CANADA.period(
                Instant.parse("2027-03-14T06:30:00Z"),
                Instant.parse("2027-03-14T16:00:00Z"),
                TORONTO))
        .isEqualTo("Sunday, March 14, 2027, 01:30 EST – Sunday, March 14, 2027, 12:00 EDT");
  }

  @Test
  void a_reader_without_a_time_zone_gets_utc() {
    assertThat(Wording.of(Locale.CANADA, null, LINES).moment(Instant.parse("2026-12-05T14:00:00Z")))
        .isEqualTo("Saturday, December 5, 2026, 14:00 UTC");
  }

  @Test
  void text_from_right_to_left_leaves_the_words_around_it_in_their_order() {
    assertThat(IN_CANADA.title("العناية (2): COVID-19"))
        .isEqualTo("\u2068العناية (2): COVID-19\u2069");
    assertThat(IN_CANADA.line("אקדמיה")).isEqualTo("\u2068אקדמיה\u2069");
    assertThat(IN_CANADA.line("Montréal 東京")).isEqualTo("Montréal 東京");
  }

  @Test
  void what_people_typed_stays_on_one_line_and_a_title_is_short() {
    assertThat(IN_CANADA.line("a\r\nb")).isEqualTo("a b");
    assertThat(IN_CANADA.title("x".repeat(1_000))).hasSize(150).endsWith("…");
  }
}
