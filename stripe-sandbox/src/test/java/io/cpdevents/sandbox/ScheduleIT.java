package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleListParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import com.stripe.param.SubscriptionUpdateParams;
import org.junit.jupiter.api.Test;

/** Subscriptions that a schedule changes at the end of their period. */
class ScheduleIT extends SubscribedSandbox {
  private static final long CHEAP = 1_900;

  @Test
  void a_downgrade_counts_from_the_next_period_on_and_the_schedule_leaves_after_it()
      throws Exception {
    Subscription professional = paidSubscription();
    String cheap = monthlyPrice("cheap", CHEAP).getId();
    SubscriptionSchedule schedule = downgrade(professional, cheap);

    assertThat(schedule.getStatus()).isEqualTo("active");
    assertThat(schedule.getSubscription()).isEqualTo(professional.getId());
    assertThat(schedule.getCurrentPhase().getEndDate()).isEqualTo(end(professional));
    assertThat(schedule.getPhases())
        .extracting(phase -> phase.getItems().getFirst().getPrice())
        .containsExactly(priceOf(professional), cheap);
    assertThat(now(professional).getSchedule()).isEqualTo(schedule.getId());
    assertThat(priceOf(now(professional))).isEqualTo(priceOf(professional));
    assertThat(invoices(professional)).hasSize(1);
    assertThat(upcoming(professional).getTotal()).isEqualTo(CHEAP);
    awaited("subscription_schedule.created");
    awaited("subscription_schedule.updated");

    advance(end(professional) - now());
    advance(2 * HOUR);
    Subscription cheaper = now(professional);
    assertThat(priceOf(cheaper)).isEqualTo(cheap);
    assertThat(cheaper.getSchedule()).isEqualTo(schedule.getId());
    Invoice month = invoices(professional).getFirst();
    assertThat(month.getAmountPaid()).isEqualTo(CHEAP);
    assertThat(month.getLines().getData()).hasSize(1);
    assertThat(now(schedule).getCurrentPhase().getStartDate()).isEqualTo(end(professional));

    advance(end(cheaper) - now() - 7 * DAY);
    awaited("subscription_schedule.expiring");
    advance(7 * DAY + 2 * HOUR);
    assertThat(now(professional).getSchedule()).isNull();
    assertThat(priceOf(now(professional))).isEqualTo(cheap);
    assertThat(now(schedule).getStatus()).isEqualTo("released");
    assertThat(now(schedule).getReleasedSubscription()).isEqualTo(professional.getId());
    assertThat(invoices(professional).getFirst().getAmountPaid()).isEqualTo(CHEAP);
    awaited("subscription_schedule.released");
  }

  @Test
  void a_released_schedule_changes_nothing_any_more() throws Exception {
    Subscription professional = paidSubscription();
    SubscriptionSchedule schedule = downgrade(professional, monthlyPrice("cheap", CHEAP).getId());

    SubscriptionSchedule released = client().v1().subscriptionSchedules().release(schedule.getId());

    assertThat(released.getStatus()).isEqualTo("released");
    assertThat(released.getSubscription()).isNull();
    assertThat(now(professional).getSchedule()).isNull();
    advance(31 * DAY);
    advance(2 * HOUR);
    assertThat(priceOf(now(professional))).isEqualTo(priceOf(professional));
    assertThat(invoices(professional).getFirst().getAmountPaid()).isEqualTo(9_900);
    assertThatThrownBy(() -> client().v1().subscriptionSchedules().release(schedule.getId()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void what_a_schedule_decides_nobody_else_does() throws Exception {
    Subscription professional = paidSubscription();
    SubscriptionSchedule schedule = downgrade(professional, monthlyPrice("cheap", CHEAP).getId());

    assertThatThrownBy(() ->
            client()
                .v1()
                .subscriptions()
                .update(
                    professional.getId(),
                    SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build()))
        .hasMessageContaining("managed by the subscription schedule")
        .hasMessageContaining(schedule.getId());
    assertThatThrownBy(() -> scheduleOf(professional))
        .hasMessageContaining("already attached to a schedule");
    assertThatThrownBy(() ->
            client()
                .v1()
                .subscriptionSchedules()
                .update(
                    schedule.getId(),
                    SubscriptionScheduleUpdateParams.builder()
                        .addPhase(
                            phase(priceOf(professional), end(professional) - DAY)
                                .setStartDate(end(professional) - 2 * DAY)
                                .build())
                        .build()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getParam()).isEqualTo("phases[0][start_date]"));
    assertThat(
            client()
                .v1()
                .subscriptionSchedules()
                .list(
                    SubscriptionScheduleListParams.builder()
                        .setCustomer(professional.getCustomer())
                        .build())
                .getData())
        .extracting(SubscriptionSchedule::getId)
        .containsExactly(schedule.getId());
  }

  @Test
  void a_schedule_and_its_subscription_are_canceled_together() throws Exception {
    Subscription first = paidSubscription();
    SubscriptionSchedule canceled = scheduleOf(first);
    Subscription second = paidSubscription();
    SubscriptionSchedule ofCanceled = scheduleOf(second);
    Subscription third = paidSubscription();
    SubscriptionSchedule ends = scheduleOf(third);

    client().v1().subscriptionSchedules().cancel(canceled.getId());
    client().v1().subscriptions().cancel(second.getId());
    client()
        .v1()
        .subscriptionSchedules()
        .update(
            ends.getId(),
            SubscriptionScheduleUpdateParams.builder()
                .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.CANCEL)
                .build());
    advance(31 * DAY);

    assertThat(status(first)).isEqualTo("canceled");
    assertThat(now(ofCanceled).getStatus()).isEqualTo("canceled");
    assertThat(status(third)).isEqualTo("canceled");
    assertThat(now(ends).getStatus()).isEqualTo("completed");
    assertThat(invoices(third)).hasSize(1);
    awaited("subscription_schedule.canceled");
    awaited("subscription_schedule.completed");
  }

  @Test
  void a_phase_that_begins_within_the_period_is_prorated() throws Exception {
    Subscription professional = paidSubscription();
    String business = monthlyPrice("business", 24_900).getId();
    SubscriptionSchedule schedule = scheduleOf(professional);
    long change = end(professional) - 10 * DAY;
    client()
        .v1()
        .subscriptionSchedules()
        .update(
            schedule.getId(),
            SubscriptionScheduleUpdateParams.builder()
                .addPhase(current(professional, change))
                .addPhase(
                    phase(business, end(professional))
                        .setProrationBehavior(Phase.ProrationBehavior.ALWAYS_INVOICE)
                        .build())
                .build());

    advance(change - now());

    assertThat(priceOf(now(professional))).isEqualTo(business);
    assertThat(invoices(professional).getFirst().getBillingReason())
        .isEqualTo("subscription_update");
    assertThat(invoices(professional).getFirst().getStatus()).isEqualTo("paid");
  }

  private SubscriptionSchedule scheduleOf(Subscription subscription) throws StripeException {
    return client()
        .v1()
        .subscriptionSchedules()
        .create(
            SubscriptionScheduleCreateParams.builder()
                .setFromSubscription(subscription.getId())
                .build());
  }

  private SubscriptionSchedule downgrade(Subscription subscription, String price)
      throws StripeException {
    SubscriptionSchedule schedule = scheduleOf(subscription);
    return client()
        .v1()
        .subscriptionSchedules()
        .update(
            schedule.getId(),
            SubscriptionScheduleUpdateParams.builder()
                .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.RELEASE)
                .addPhase(current(subscription, end(subscription)))
                .addPhase(
                    Phase.builder()
                        .addItem(Phase.Item.builder().setPrice(price).setQuantity(1L).build())
                        .setDuration(
                            Phase.Duration.builder()
                                .setInterval(Phase.Duration.Interval.MONTH)
                                .setIntervalCount(1L)
                                .build())
                        .setProrationBehavior(Phase.ProrationBehavior.NONE)
                        .build())
                .build());
  }

  private static Phase current(Subscription subscription, long end) {
    return phase(priceOf(subscription), end)
        .setStartDate(item(subscription).getCurrentPeriodStart())
        .build();
  }

  private static Phase.Builder phase(String price, long end) {
    return Phase.builder()
        .addItem(Phase.Item.builder().setPrice(price).setQuantity(1L).build())
        .setEndDate(end);
  }

  private Invoice upcoming(Subscription subscription) throws StripeException {
    return client()
        .v1()
        .invoices()
        .createPreview(
            InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build());
  }

  private Subscription now(Subscription subscription) throws StripeException {
    return client().v1().subscriptions().retrieve(subscription.getId());
  }

  private SubscriptionSchedule now(SubscriptionSchedule schedule) throws StripeException {
    return client().v1().subscriptionSchedules().retrieve(schedule.getId());
  }
}
