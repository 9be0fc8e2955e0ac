package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Toronto's clocks go forward on 2027-03-14 at 2:00 and back on 2027-11-07 at 2:00. */
class SaleWindowShiftTest {

  private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

  @Test
  void a_window_keeps_its_time_on_the_clock_when_the_clocks_are_changed_in_between() {
    TicketTypeTerms copy =
        shifted("2027-02-20T18:00", "2027-03-20T18:00", "2027-02-10T09:00", "2027-02-20T12:00");

    assertThat(copy.saleOpensAt()).isEqualTo(toronto("2027-03-10T09:00"));
    assertThat(copy.saleClosesAt()).isEqualTo(toronto("2027-03-20T12:00"));
    assertThat(copy.saleClosesAt())
        .isEqualTo(toronto("2027-03-10T09:00").plus(Duration.ofDays(10).plusHours(2)));
  }

  @Test
  void what_falls_into_the_hour_that_is_skipped_is_an_hour_later() {
    TicketTypeTerms copy =
        shifted("2027-02-20T18:00", "2027-03-20T18:00", "2027-02-14T02:30", null);

    assertThat(copy.saleOpensAt()).isEqualTo(toronto("2027-03-14T03:30"));
    assertThat(copy.saleClosesAt()).isNull();
  }

  @Test
  void of_an_hour_that_is_there_twice_the_first_one_counts() {
    TicketTypeTerms copy =
        shifted("2027-10-20T18:00", "2027-11-20T18:00", "2027-10-07T01:30", null);

    assertThat(copy.saleOpensAt()).isEqualTo(Instant.parse("2027-11-07T05:30:00Z"));
  }

  @Test
  void a_window_within_that_hour_stays_as_long_as_it_was() {
    Instant opens = Instant.parse("2027-11-07T05:30:00Z");
    TicketTypeTerms terms = terms(opens, opens.plus(Duration.ofHours(1)));

    TicketTypeTerms copy = shift("2027-11-20T18:00", "2027-11-27T18:00").of(terms);

    assertThat(copy.saleOpensAt()).isEqualTo(toronto("2027-11-14T01:30"));
    assertThat(copy.saleClosesAt()).isEqualTo(toronto("2027-11-14T02:30"));
  }

  private static TicketTypeTerms shifted(
      String from, String to, String opens, @Nullable String closes) {
    return shift(from, to).of(terms(toronto(opens), closes == null ? null : toronto(closes)));
  }

  private static SaleWindowShift shift(String from, String to) {
    Instant start = toronto(from);
    EventTerms terms =
        new EventTerms(
            "Wound care",
            null,
            EventMode.ONLINE,
            start,
            start.plus(Duration.ofHours(2)),
            TORONTO.getId(),
            1,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return SaleWindowShift.of(terms, toronto(to));
  }

  private static TicketTypeTerms terms(Instant opens, @Nullable Instant closes) {
    return new TicketTypeTerms(
        "Standard", Money.of(0, "CAD"), null, opens, closes, null, null, null, null);
  }

  private static Instant toronto(String local) {
    return LocalDateTime.parse(local).atZone(TORONTO).toInstant();
  }
}
