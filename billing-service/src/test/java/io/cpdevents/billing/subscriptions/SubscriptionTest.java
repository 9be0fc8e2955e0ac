package io.cpdevents.billing.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00.123Z");
  private static final AtStripe AT_STRIPE = new AtStripe("sub_1", "professional", false, false);

  private final Subscription free = Subscription.free(UUID.randomUUID(), NOW);
  private final Subscription requested = free.requestTrial("professional", NOW).orElseThrow();
  private final Subscription trialing = told(requested, SubscriptionTrigger.TRIAL_STARTED);

  @Test
  void a_trial_lasts_fourteen_days_and_entitles_when_stripe_has_begun_it() {
    assertThat(requested.planId()).isEqualTo("free");
    assertThat(requested.version()).isEqualTo(free.version());
    assertThat(requested.requiredTrial().endsAt()).isEqualTo(Instant.parse("2027-03-15T15:00:00Z"));
    assertThat(trialing.planId()).isEqualTo("professional");
    assertThat(trialing.version()).isEqualTo(free.version() + 1);
    assertThat(trialing.atStripe()).isEqualTo(AT_STRIPE);
  }

  @Test
  void a_trial_ends_once_on_free_or_is_paid() {
    Subscription ended = told(trialing, SubscriptionTrigger.SUBSCRIPTION_ENDED);
    assertThat(ended.status()).isEqualTo(SubscriptionStatus.FREE);
    assertThat(ended.planId()).isEqualTo("free");
    assertThat(ended.nextCheckAt()).isNull();
    assertThat(ended.on(SubscriptionTrigger.SUBSCRIPTION_ENDED, AT_STRIPE, NOW)).isEmpty();
    assertThat(ended.on(SubscriptionTrigger.TRIAL_STARTED, AT_STRIPE, NOW)).isEmpty();

    Subscription paid = told(trialing, SubscriptionTrigger.PLAN_PAID);
    assertThat(paid.status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(paid.planId()).isEqualTo("professional");
    assertThat(told(paid, SubscriptionTrigger.SUBSCRIPTION_ENDED).planId()).isEqualTo("free");
  }

  @Test
  void a_plan_that_is_not_paid_stays_through_the_attempts_and_fourteen_days_more() {
    Subscription paid = havingPaid(told(trialing, SubscriptionTrigger.PLAN_PAID));
    Subscription pastDue = told(paid, SubscriptionTrigger.PAYMENT_FAILED);
    assertThat(pastDue.planId()).isEqualTo("professional");
    assertThat(pastDue.graceEndsAt()).isNull();

    Subscription grace = told(pastDue, SubscriptionTrigger.RETRIES_EXHAUSTED);
    Instant end = NOW.plus(Duration.ofDays(14));
    assertThat(grace.planId()).isEqualTo("professional");
    assertThat(grace.graceEndsAt()).isEqualTo(end);
    assertThat(grace.isGraceOver(end.minusMillis(1))).isFalse();
    assertThat(grace.isGraceOver(end)).isTrue();
    assertThat(grace.on(SubscriptionTrigger.PAYMENT_FAILED, AT_STRIPE, NOW)).isEmpty();
    assertThat(grace.on(SubscriptionTrigger.RETRIES_EXHAUSTED, AT_STRIPE, NOW)).isEmpty();

    assertThat(told(pastDue, SubscriptionTrigger.PLAN_PAID).status())
        .isEqualTo(SubscriptionStatus.ACTIVE);
    Subscription recovered = told(grace, SubscriptionTrigger.PLAN_PAID);
    assertThat(recovered.status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(recovered.graceEndsAt()).isNull();
    assertThat(told(grace, SubscriptionTrigger.SUBSCRIPTION_ENDED).planId()).isEqualTo("free");
  }

  @Test
  void a_plan_whose_first_month_is_not_paid_entitles_to_free() {
    Subscription unpaid = told(trialing, SubscriptionTrigger.PAYMENT_FAILED);
    assertThat(unpaid.planId()).isEqualTo("free");
    assertThat(told(unpaid, SubscriptionTrigger.RETRIES_EXHAUSTED).planId()).isEqualTo("free");
    assertThat(told(unpaid, SubscriptionTrigger.PLAN_PAID).planId()).isEqualTo("professional");
  }

  @Test
  void who_has_lost_a_plan_that_was_not_paid_has_the_next_one_unpaid_only_once_it_was_renewed() {
    Subscription paid = havingPaid(told(trialing, SubscriptionTrigger.PLAN_PAID));
    Subscription pastDue = told(paid, SubscriptionTrigger.PAYMENT_FAILED);
    Subscription lost = told(pastDue, SubscriptionTrigger.SUBSCRIPTION_ENDED);
    assertThat(lost.requiredAtStripe().isAfterLoss()).isTrue();
    Subscription ended = told(paid, SubscriptionTrigger.SUBSCRIPTION_ENDED);
    assertThat(ended.requiredAtStripe().isAfterLoss()).isFalse();
    // Who has had nothing has lost nothing.
    Subscription unpaid = told(trialing, SubscriptionTrigger.PAYMENT_FAILED);
    assertThat(
            told(unpaid, SubscriptionTrigger.SUBSCRIPTION_ENDED).requiredAtStripe().isAfterLoss())
        .isFalse();

    Subscription bought =
        lost.on(SubscriptionTrigger.PLAN_BOUGHT, lost.requiredAtStripe(), NOW).orElseThrow();

    assertThat(bought.planId()).isEqualTo("professional");
    assertThat(told(bought, SubscriptionTrigger.PAYMENT_FAILED).planId()).isEqualTo("free");
    assertThat(told(bought, SubscriptionTrigger.RETRIES_EXHAUSTED).canEndAtOnce()).isTrue();
  }

  @Test
  void a_grace_is_counted_from_the_last_attempt() {
    Subscription paid = havingPaid(told(trialing, SubscriptionTrigger.PLAN_PAID));

    Subscription grace = paid.exhausted(NOW, NOW.plus(Duration.ofHours(2))).orElseThrow();

    assertThat(grace.graceEndsAt()).isEqualTo(NOW.plus(Duration.ofDays(14)));
    assertThat(grace.nextCheckAt()).isEqualTo(grace.graceEndsAt());
    assertThat(grace.exhausted(NOW, NOW)).isEmpty();
    // Whoever could not be told has the whole of it.
    Instant late = NOW.plus(Duration.ofDays(20));
    assertThat(paid.exhausted(NOW, late).orElseThrow().graceEndsAt())
        .isEqualTo(late.plus(Duration.ofDays(14)));
  }

  private static Subscription havingPaid(Subscription subscription) {
    return new Subscription(
        subscription.organizationId(),
        subscription.status(),
        subscription.planId(),
        subscription.version(),
        subscription.currency(),
        subscription.trial(),
        subscription.graceEndsAt(),
        subscription.requiredAtStripe().paid(),
        subscription.nextCheckAt(),
        subscription.changedAt());
  }

  @Test
  void a_plan_that_is_replaced_entitles_at_once_when_it_is_paid() {
    Subscription paid = havingPaid(told(trialing, SubscriptionTrigger.PLAN_PAID));
    AtStripe starter = paid.requiredAtStripe().withPlan("starter");

    Subscription smaller = paid.on(SubscriptionTrigger.PLAN_REPLACED, starter, NOW).orElseThrow();
    assertThat(smaller.planId()).isEqualTo("starter");
    assertThat(smaller.subscribedPlanId()).isEqualTo("starter");
    assertThat(smaller.version()).isEqualTo(paid.version() + 1);
    Subscription bought =
        free.on(SubscriptionTrigger.PLAN_BOUGHT, starter.paid(), NOW).orElseThrow();
    assertThat(bought.status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(bought.trial()).isNull();
    assertThat(bought.on(SubscriptionTrigger.PLAN_BOUGHT, AT_STRIPE, NOW)).isEmpty();
    Subscription unpaid =
        bought.on(SubscriptionTrigger.PAYMENT_FAILED, starter.paid(), NOW).orElseThrow();
    assertThat(unpaid.planId()).isEqualTo("starter");
    assertThat(free.on(SubscriptionTrigger.PLAN_REPLACED, starter, NOW)).isEmpty();
  }

  @Test
  void what_stripe_has_not_decided_changes_nothing() {
    Subscription paid = told(trialing, SubscriptionTrigger.PLAN_PAID);
    assertThat(List.of(free, requested, trialing, paid))
        .allSatisfy(subscription ->
            assertThat(subscription.on(SubscriptionTrigger.LEFT_OPEN, AT_STRIPE, NOW)).isEmpty());
  }

  @Test
  void a_trial_whose_start_was_not_heard_of_ends_as_well() {
    assertThat(told(requested, SubscriptionTrigger.SUBSCRIPTION_ENDED).status())
        .isEqualTo(SubscriptionStatus.FREE);
    assertThat(told(requested, SubscriptionTrigger.PLAN_PAID).planId()).isEqualTo("professional");
  }

  @Test
  void a_trial_is_requested_once() {
    assertThat(requested.requestTrial("professional", NOW)).isEmpty();
    assertThatThrownBy(() -> trialing.requestTrial("professional", NOW))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void people_are_told_three_days_and_one_day_before_the_end() {
    Trial trial = trialing.requiredTrial();
    Instant end = trial.endsAt();

    assertThat(daysTold(trial, end.minus(Duration.ofDays(3)).minusSeconds(1))).isEmpty();
    Trial.Notice first = trial.notice(end.minus(Duration.ofDays(3)));
    assertThat(first.daysBefore()).contains(3);
    assertThat(daysTold(first.after(), end.minus(Duration.ofDays(2)))).isEmpty();
    Trial.Notice last = first.after().notice(end.minus(Duration.ofDays(1)));
    assertThat(last.daysBefore()).contains(1);
    assertThat(daysTold(last.after(), end.minusSeconds(1))).isEmpty();
  }

  @Test
  void of_notices_that_are_late_the_last_one_is_enough_and_after_the_end_none_is_told() {
    Trial trial = trialing.requiredTrial();

    Trial.Notice late = trial.notice(trial.endsAt().minusSeconds(60));
    assertThat(late.daysBefore()).contains(1);
    assertThat(late.after().nextNoticeAt()).isNull();
    assertThat(daysTold(trial, trial.endsAt())).isEmpty();
    assertThat(trial.notice(trial.endsAt()).after().nextNoticeAt()).isNull();
  }

  @Test
  void the_diagram_shows_the_table() {
    HouseDocs.assertDiagram("subscription", SubscriptionStatus.TRANSITIONS.toMermaid());
  }

  private static Optional<Integer> daysTold(Trial trial, Instant now) {
    return trial.notice(now).daysBefore();
  }

  private static Subscription told(Subscription before, SubscriptionTrigger trigger) {
    AtStripe known = before.atStripe() == null ? AT_STRIPE : before.atStripe();
    return before.on(trigger, known, NOW).orElseThrow();
  }
}
