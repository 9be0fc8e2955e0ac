package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Events about plans that nothing of ours causes: each has asked for what Stripe has, also when it
 * is the only one of many that comes.
 */
class RarePlanEventsIT extends PlanJourney {

  @Test
  void a_subscription_that_is_paused_and_resumed_at_stripe_is_as_it_is_there() {
    Founded founded = paying();
    String subscription = atStripe(founded).getFirst();
    stripe.loseWebhooks("customer.subscription.updated");
    stripe.endInDashboard(subscription, endOfMonth(founded));

    stripe.pause(subscription);

    awaitEndWithMonth(founded, true);
    // What it is entitled to is decided when Stripe has decided.
    assertThat(subscription(founded).path("planId").asString()).isEqualTo("professional");
    stripe.endNotInDashboard(subscription);
    stripe.resume(subscription);
    awaitEndWithMonth(founded, false);
    assertThat(hasStatus(founded, "active")).isTrue();
    stripe.deliverWebhooks();
  }

  private void awaitEndWithMonth(Founded founded, boolean ends) {
    await()
        .atMost(EVENTUALLY)
        .until(() -> subscription(founded).path("cancelAtPeriodEnd").asBoolean() == ends);
  }

  @Test
  void a_plan_that_stripe_gives_up_is_over_by_the_event_about_its_schedule_alone() {
    Founded founded = paying();
    post(founded.path() + "/subscription/change", founded.bearer(), "{\"planId\": \"starter\"}")
        .expect(200);
    awaitNothingToApply();
    stripe.loseWebhooks("customer.subscription.deleted", "customer.subscription.updated");

    stripe.giveUp(atStripe(founded).getFirst());

    events.await(PlanEnded.class, event -> isOf(founded, event.organizationId()));
    assertThat(hasStatus(founded, "free")).isTrue();
    assertThat(subscription(founded).path("scheduledChange").isNull()).isTrue();
    stripe.deliverWebhooks();
  }

  @Test
  void a_month_that_is_not_paid_is_known_by_its_being_overdue_alone() {
    Founded founded = paying();
    stripe.decline(cards(founded).get(0).path("id").asString(), "insufficient_funds");
    awaitNothingToApply();
    stripe.loseWebhooks();
    advanceClocks(Duration.between(clock.instant(), endOfMonth(founded)).plusHours(2));
    stripe.deliverWebhooks();
    JsonNode invoice = latest(founded);
    assertThat(invoice.path("status").asString()).isEqualTo("open");
    assertThat(invoices(founded)).hasSize(1);

    stripe.tell(invoice.path("id").asString(), "overdue");

    await().atMost(EVENTUALLY).until(() -> invoices(founded).size() == 2);
    assertThat(invoices(founded).get(0).path("status").asString()).isEqualTo("open");
    // Nothing depends on these.
    stripe.tell(invoice.path("id").asString(), "due-soon");
    stripe.tell(invoice.path("id").asString(), "attempt-required");
    awaitNothingToApply();
    assertNothingIsParked();
  }

  @Test
  void a_month_that_is_paid_is_known_by_its_being_overpaid_alone() {
    Founded founded = paying();
    awaitNothingToApply();
    stripe.loseWebhooks();
    advanceClocks(Duration.between(clock.instant(), endOfMonth(founded)).plusHours(2));
    stripe.deliverWebhooks();
    String invoice = latest(founded).path("id").asString();
    assertThat(invoices(founded)).hasSize(1);

    stripe.overpay(invoice, 100);

    await().atMost(EVENTUALLY).until(() -> invoices(founded).size() == 2);
    assertThat(invoices(founded).get(0).path("status").asString()).isEqualTo("paid");
    // A credit is of Stripe's customer: the next month costs less there.
    stripe.credit(invoice, 900);
    awaitNothingToApply();
    assertNothingIsParked();
  }

  @Test
  void a_draft_that_cannot_be_finalized_is_none_of_ours_until_it_is() {
    Founded founded = paying();
    advanceClocks(Duration.between(clock.instant(), endOfMonth(founded)).plusMinutes(5));
    awaitNothingToApply();
    String invoice = latest(founded).path("id").asString();

    stripe.failFinalization(invoice);

    awaitNothingToApply();
    assertNothingIsParked();
    assertThat(invoices(founded)).hasSize(1);
    assertThat(
            jdbc.sql("SELECT status FROM stripe_event WHERE type = :type")
                .param("type", "invoice.finalization_failed")
                .query(String.class)
                .list())
        .containsOnly("applied");
    stripe.finalizeInDashboard(invoice);
    await().atMost(EVENTUALLY).until(() -> invoices(founded).size() == 2);
  }

  private void assertNothingIsParked() {
    assertThat(
            jdbc.sql(
                    """
                    SELECT type FROM stripe_event
                    WHERE status NOT IN ('applied', 'ignored')
                          AND type IN ('invoice.overdue', 'invoice.overpaid', 'invoice.will_be_due',
                                       'invoice.payment_attempt_required', 'credit_note.created',
                                       'invoice.finalization_failed')
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  /** An organization that has paid the first month after its trial. */
  private Founded paying() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    advanceClocks(DAY);
    events.await(TrialPaid.class, event -> isOf(founded, event.organizationId()));
    return founded;
  }

  private List<JsonNode> cards(Founded founded) {
    return get(founded.path() + "/payment-methods", founded.bearer())
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .toList();
  }

  private JsonNode latest(Founded founded) {
    return stripe.show("invoices?customer=" + customer(founded)).at("/data/0");
  }

  private Instant endOfMonth(Founded founded) {
    return Instant.parse(subscription(founded).at("/period/end").asString());
  }
}
