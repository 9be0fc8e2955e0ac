package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HoldTest {

  private static final Instant PLACED_AT = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant NORMAL_END = PLACED_AT.plus(Duration.ofMinutes(30));
  private static final Instant IN_FIVE_DAYS = PLACED_AT.plus(Duration.ofDays(5));

  private final Hold hold = Hold.since(PLACED_AT, Duration.ofMinutes(30));

  @Test
  void a_hold_lasts_half_an_hour() {
    assertThat(hold.expiresAt()).isEqualTo(NORMAL_END);
    assertThat(hold.isExtended()).isFalse();
  }

  @Test
  void an_extension_remembers_the_normal_end_however_often_it_is_extended() {
    Hold extended = hold.extendedTo(IN_FIVE_DAYS);
    assertThat(extended).isEqualTo(new Hold(IN_FIVE_DAYS, NORMAL_END, false));
    Instant evenLater = IN_FIVE_DAYS.plusSeconds(1);
    assertThat(extended.extendedTo(evenLater)).isEqualTo(new Hold(evenLater, NORMAL_END, false));
  }

  @Test
  void an_extension_never_shortens_a_hold() {
    assertThat(hold.extendedTo(PLACED_AT).expiresAt()).isEqualTo(NORMAL_END);
    assertThat(hold.extendedTo(IN_FIVE_DAYS).extendedTo(PLACED_AT).expiresAt())
        .isEqualTo(IN_FIVE_DAYS);
  }

  @Test
  void without_its_extension_a_hold_ends_as_it_would_have() {
    Hold extended = hold.extendedTo(IN_FIVE_DAYS);
    Instant soon = PLACED_AT.plus(Duration.ofMinutes(20));
    assertThat(extended.withoutExtension(soon)).isEqualTo(new Hold(NORMAL_END, null, false));
  }

  @Test
  void a_buyer_whose_bank_refuses_late_has_ten_minutes_for_another_attempt() {
    Hold extended = hold.extendedTo(IN_FIVE_DAYS);
    Instant late = PLACED_AT.plus(Duration.ofMinutes(21));
    assertThat(extended.withoutExtension(late))
        .isEqualTo(new Hold(late.plus(Duration.ofMinutes(10)), null, true));
    Instant days = PLACED_AT.plus(Duration.ofDays(3));
    assertThat(extended.withoutExtension(days))
        .isEqualTo(new Hold(days.plus(Duration.ofMinutes(10)), null, true));
  }

  @Test
  void a_declined_card_leaves_ten_minutes_to_pay_in_another_way_and_once_only() {
    Instant early = PLACED_AT.plus(Duration.ofMinutes(20));
    assertThat(hold.withTimeToRetry(early)).isEqualTo(hold);
    Instant late = early.plusMillis(1);
    Hold longer = hold.withTimeToRetry(late);
    assertThat(longer).isEqualTo(new Hold(late.plus(Duration.ofMinutes(10)), null, true));
    assertThat(longer.withTimeToRetry(late.plusSeconds(540))).isEqualTo(longer);
    assertThat(longer.extendedTo(IN_FIVE_DAYS).withTimeToRetry(IN_FIVE_DAYS).expiresAt())
        .isEqualTo(IN_FIVE_DAYS);
  }
}
