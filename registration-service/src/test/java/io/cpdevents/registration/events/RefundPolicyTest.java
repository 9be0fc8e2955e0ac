package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefundPolicyTest {

  private static final Instant START = Instant.parse("2027-06-01T13:00:00Z");
  private static final Tier ALL_UNTIL_A_WEEK = new Tier(168, 10_000);
  private static final Tier HALF_UNTIL_TWO_DAYS = new Tier(48, 5_000);
  private static final Tier LITTLE_UNTIL_THE_START = new Tier(0, 500);
  private static final RefundPolicy THREE_TIERS =
      new RefundPolicy(
          List.of(ALL_UNTIL_A_WEEK, HALF_UNTIL_TWO_DAYS, LITTLE_UNTIL_THE_START), true);

  @Test
  void the_first_tier_that_is_open_counts_up_to_the_moment_at_which_it_closes() {
    assertTier(Duration.ofDays(400), ALL_UNTIL_A_WEEK);
    assertTier(Duration.ofDays(7).plusMillis(1), ALL_UNTIL_A_WEEK);
    assertTier(Duration.ofDays(7), ALL_UNTIL_A_WEEK);
    assertTier(Duration.ofDays(7).minusMillis(1), HALF_UNTIL_TWO_DAYS);
    assertTier(Duration.ofHours(48), HALF_UNTIL_TWO_DAYS);
    assertTier(Duration.ofHours(48).minusMillis(1), LITTLE_UNTIL_THE_START);
    assertTier(Duration.ZERO, LITTLE_UNTIL_THE_START);
  }

  @Test
  void no_tier_is_open_after_the_last_one_has_closed() {
    assertThat(THREE_TIERS.tierAt(START.plusMillis(1), List.of(START))).isEmpty();
    Instant day = START.minus(Duration.ofDays(1));
    assertThat(RefundPolicy.DEFAULT.tierAt(day, List.of(START))).isEmpty();
    assertThat(new RefundPolicy(List.of(), true).tierAt(day, List.of(START))).isEmpty();
  }

  @Test
  void by_default_everything_goes_back_until_two_days_before_the_start() {
    Instant last = START.minus(Duration.ofDays(2));
    assertThat(RefundPolicy.DEFAULT.tierAt(last, List.of(START))).contains(new Tier(48, 10_000));
    assertThat(RefundPolicy.DEFAULT.tierAt(last.plusMillis(1), List.of(START))).isEmpty();
  }

  @Test
  void who_booked_before_the_event_was_moved_loses_nothing_by_that() {
    Instant now = START.minus(Duration.ofDays(8));
    Instant earlier = START.minus(Duration.ofDays(5));
    Instant later = START.plus(Duration.ofDays(30));
    assertThat(THREE_TIERS.tierAt(now, List.of(earlier, START))).contains(ALL_UNTIL_A_WEEK);
    assertThat(THREE_TIERS.tierAt(now, List.of(later, START))).contains(ALL_UNTIL_A_WEEK);
    Instant afterTheOldStart = START.plus(Duration.ofDays(1));
    assertThat(THREE_TIERS.tierAt(afterTheOldStart, List.of(later, START)))
        .contains(ALL_UNTIL_A_WEEK);
  }

  @Test
  void the_better_share_counts_also_when_a_later_tier_is_the_better_one() {
    RefundPolicy rising =
        new RefundPolicy(List.of(new Tier(100, 1_000), new Tier(50, 9_000)), true);
    Instant now = START.minus(Duration.ofHours(60));
    Instant later = START.plus(Duration.ofHours(100));
    assertThat(rising.tierAt(now, List.of(START))).contains(new Tier(50, 9_000));
    assertThat(rising.tierAt(now, List.of(later))).contains(new Tier(100, 1_000));
    assertThat(rising.tierAt(now, List.of(later, START))).contains(new Tier(50, 9_000));
  }

  private static void assertTier(Duration beforeStart, Tier tier) {
    assertThat(THREE_TIERS.tierAt(START.minus(beforeStart), List.of(START))).contains(tier);
  }
}
