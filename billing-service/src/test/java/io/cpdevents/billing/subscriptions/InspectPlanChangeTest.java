package io.cpdevents.billing.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InspectPlanChangeTest {

  private static final Instant NOW = Instant.parse("2027-03-10T09:00:00Z");
  private static final Instant MONTH_END = NOW.plus(Duration.ofDays(20));

  private final PlanQueries plans = mock();
  private final EnsurePrice ensurePrice = mock();
  private final DropPlanChange drop = mock();
  private final StripeSubscriptions stripe = mock();
  private final InspectPlanChange inspect =
      new InspectPlanChange(plans, ensurePrice, drop, stripe, mock(StripeInvoices.class));

  @Test
  void a_smaller_plan_is_scheduled_once_the_schedule_has_its_price() {
    assertThat(seen("price_starter", true)).contains(PlanChangeTrigger.SCHEDULED);
    assertThat(seen("price_starter", false)).isEmpty();
  }

  @Test
  void a_schedule_in_which_stripe_has_refused_the_price_is_no_change() {
    assertThat(seen(null, true)).contains(PlanChangeTrigger.LAPSED);
    assertThat(seen("price_of_somebody", true)).contains(PlanChangeTrigger.LAPSED);
    assertThat(seen(null, false)).isEmpty();
  }

  @Test
  void a_schedule_in_which_nothing_follows_is_released_and_that_of_somebody_else_is_not() {
    seen(null, false);
    seen("price_of_somebody", true);
    verify(drop, never()).handle(any());

    seen(null, true);

    verify(drop).handle(any());
  }

  @Test
  void what_is_scheduled_stays_so_while_its_month_begins() {
    PlanChange scheduled =
        downgrade().on(SeenPlanChange.of(PlanChangeTrigger.SCHEDULED), NOW).orElseThrow();

    assertThat(seen(scheduled, null, true)).contains(PlanChangeTrigger.SCHEDULED);
  }

  @Test
  void an_upgrade_that_waits_is_dropped_when_the_month_is_not_paid_unless_it_was_paid_first() {
    assertThat(seenOfUnpaid()).contains(PlanChangeTrigger.LAPSED);
    verify(drop).handle(any());

    doThrow(new StripeRefused("void invoice", 400, null, null)).when(drop).handle(any());
    assertThat(seenOfUnpaid()).isEmpty();
  }

  @Test
  void what_is_over_with_its_plan_is_told_by_the_end_of_that() {
    assertThat(
            inspect
                .handle(
                    new InspectPlanChange.Command(
                        change(PlanChange.Kind.DOWNGRADE),
                        told(StripeSubscription.Status.ENDED, null),
                        true))
                .map(SeenPlanChange::trigger))
        .contains(PlanChangeTrigger.PLAN_ENDED);
    assertThat(
            inspect
                .handle(
                    new InspectPlanChange.Command(
                        change(PlanChange.Kind.PURCHASE),
                        told(StripeSubscription.Status.ENDED, null),
                        true))
                .map(SeenPlanChange::trigger))
        .contains(PlanChangeTrigger.LAPSED);
  }

  private Optional<PlanChangeTrigger> seenOfUnpaid() {
    return inspect
        .handle(
            new InspectPlanChange.Command(
                change(PlanChange.Kind.UPGRADE),
                told(StripeSubscription.Status.PAST_DUE, NOW.plus(Duration.ofHours(23))),
                true))
        .map(SeenPlanChange::trigger);
  }

  private Optional<PlanChangeTrigger> seen(@Nullable String nextPriceId, boolean isAnswered) {
    return seen(downgrade(), nextPriceId, isAnswered);
  }

  private Optional<PlanChangeTrigger> seen(
      PlanChange change, @Nullable String nextPriceId, boolean isAnswered) {
    when(plans.ofProduct(any())).thenReturn(Optional.empty());
    when(ensurePrice.handle("starter", change.currency())).thenReturn("price_starter");
    when(stripe.schedule("sub_sched_1"))
        .thenReturn(new StripeSubscriptions.Schedule("sub_sched_1", nextPriceId));
    return inspect
        .handle(new InspectPlanChange.Command(change, told(), isAnswered))
        .map(SeenPlanChange::trigger);
  }

  private static PlanChange downgrade() {
    return change(PlanChange.Kind.DOWNGRADE);
  }

  private static PlanChange change(PlanChange.Kind kind) {
    return PlanChange.requested(
        new PlanChange.Wanted(
            UUID.randomUUID(),
            UUID.randomUUID(),
            kind,
            "professional",
            "starter",
            Currency.getInstance("CAD"),
            NOW,
            MONTH_END,
            false,
            "sub_1"),
        NOW);
  }

  private static StripeSubscription told() {
    return told(StripeSubscription.Status.ACTIVE, null);
  }

  private static StripeSubscription told(
      StripeSubscription.Status status, @Nullable Instant pendingUntil) {
    return new StripeSubscription(
        "sub_1",
        "cus_1",
        null,
        status,
        null,
        true,
        new StripeSubscription.Period(NOW.minus(Duration.ofDays(10)), MONTH_END),
        new StripeSubscription.Item("si_1", "price_professional", "prod_professional"),
        null,
        pendingUntil,
        pendingUntil == null ? "sub_sched_1" : null,
        null);
  }
}
