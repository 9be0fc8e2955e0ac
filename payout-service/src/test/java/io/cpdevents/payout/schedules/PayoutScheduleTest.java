package io.cpdevents.payout.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutScheduleTest {

  private static final Instant WEDNESDAY = Instant.parse("2026-11-25T15:00:00Z");

  private final PayoutSchedule byDefault = PayoutSchedule.byDefault(UUID.randomUUID(), 7);

  @ParameterizedTest
  @CsvSource({
    "WEEKLY,  2026-11-25T15:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
    "WEEKLY,  2026-11-30T00:00:00Z, 2026-11-30T00:00:00Z, 2026-12-07T00:00:00Z",
    "WEEKLY,  2026-11-29T23:59:59Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
    "MONTHLY, 2026-11-25T15:00:00Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
    "MONTHLY, 2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2027-02-01T00:00:00Z"
  })
  void periods_begin_on_mondays_and_on_the_first_of_a_month(
      PayoutInterval interval, Instant time, Instant start, Instant next) {
    assertThat(interval.periodStart(time)).isEqualTo(start);
    assertThat(interval.nextPeriodStart(time)).isEqualTo(next);
  }

  @Test
  void an_organization_may_have_money_released_later_and_never_earlier() {
    PayoutSchedule later = byDefault.changedByOrganization(wish(30), WEDNESDAY);
    assertThat(later.releaseDays()).isEqualTo(30);
    assertThat(later.changedByOrganization(wish(7), WEDNESDAY).releaseDays()).isEqualTo(7);
    refused(() -> later.changedByOrganization(wish(6), WEDNESDAY));
  }

  @Test
  void what_the_platform_has_decided_is_the_least_that_an_organization_may_choose() {
    PayoutSchedule early = byDefault.changedByPlatform(wish(2), WEDNESDAY);
    assertThat(early.changedByOrganization(wish(2), WEDNESDAY).releaseDays()).isEqualTo(2);
    PayoutSchedule late = byDefault.changedByPlatform(wish(20), WEDNESDAY);
    refused(() -> late.changedByOrganization(wish(19), WEDNESDAY));
  }

  @Test
  void a_decision_is_a_new_version_and_the_end_of_a_period_is_none() {
    PayoutSchedule weekly = byDefault.changedByOrganization(wish(7), WEDNESDAY);
    assertThat(weekly.version()).isEqualTo(byDefault.version() + 1);
    assertThat(weekly.waitingForNext(WEDNESDAY).version()).isEqualTo(weekly.version());
  }

  @Test
  void a_schedule_that_changes_does_not_skip_a_period_that_is_due() {
    PayoutSchedule weekly = byDefault.changedByOrganization(wish(7), WEDNESDAY);
    assertThat(weekly.duePeriod(WEDNESDAY)).isEmpty();
    Instant monday = Instant.parse("2026-11-30T00:00:00Z");

    PayoutSchedule changed = weekly.changedByOrganization(wish(9), monday.plusSeconds(60));

    assertThat(changed.duePeriod(monday.plusSeconds(60))).contains(monday);
    assertThat(changed.waitingForNext(monday.plusSeconds(60)).nextDueAt())
        .isEqualTo(Instant.parse("2026-12-07T00:00:00Z"));
    assertThat(byDefault.duePeriod(WEDNESDAY)).isEmpty();
  }

  private static ScheduleTerms wish(int days) {
    return new ScheduleTerms(PayoutInterval.WEEKLY, List.of(), days);
  }

  private static void refused(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refused ->
                assertThat(refused.code()).isEqualTo(PayoutProblem.RELEASE_DAYS_TOO_SHORT.code()));
  }
}
