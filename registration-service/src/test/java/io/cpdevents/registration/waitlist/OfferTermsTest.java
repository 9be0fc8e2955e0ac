package io.cpdevents.registration.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.registration.waitlist.WaitlistEntry.OfferTerms;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OfferTermsTest {

  private static final Instant STARTS_AT = Instant.parse("2027-05-01T13:00:00Z");
  private static final Instant ENDS_AT = Instant.parse("2027-05-01T21:00:00Z");

  private final OfferTerms terms = new OfferTerms(240, STARTS_AT, ENDS_AT);

  @Test
  void an_offer_lasts_as_long_as_the_organizer_says_while_the_event_is_far_off() {
    assertThat(lasts(STARTS_AT.minus(Duration.ofHours(8)))).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void near_the_event_it_lasts_half_of_the_time_until_the_start() {
    assertThat(lasts(STARTS_AT.minus(Duration.ofHours(3)))).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void it_lasts_a_quarter_of_an_hour_at_least_and_not_beyond_the_end() {
    assertThat(lasts(STARTS_AT.minus(Duration.ofMinutes(20)))).isEqualTo(Duration.ofMinutes(15));
    assertThat(lasts(STARTS_AT.plus(Duration.ofHours(1)))).isEqualTo(Duration.ofMinutes(15));
    assertThat(terms.offerEnd(ENDS_AT.minusSeconds(60))).isEqualTo(ENDS_AT);
  }

  @Test
  void who_has_let_others_go_gets_a_quarter_of_an_hour() {
    Instant longBefore = STARTS_AT.minus(Duration.ofDays(30));

    assertThat(terms.shortOfferEnd(longBefore)).isEqualTo(longBefore.plus(Duration.ofMinutes(15)));
    assertThat(terms.shortOfferEnd(ENDS_AT.minusSeconds(60))).isEqualTo(ENDS_AT);
  }

  private Duration lasts(Instant from) {
    return Duration.between(from, terms.offerEnd(from));
  }
}
