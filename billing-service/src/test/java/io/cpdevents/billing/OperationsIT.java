package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.TestTokens;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class OperationsIT extends BillingJourney {

  private static final String OPS = "/api/v1/ops/billing";

  @Autowired MeterRegistry metrics;

  @Test
  void every_passing_state_is_declared() {
    JsonNode states = get(OPS + "/processes", support()).body().path("data");
    assertThat(
            states
                .valueStream()
                .map(state ->
                    state.path("process").asString() + " " + state.path("state").asString()))
        .containsExactlyInAnyOrder(
            "payment awaiting-payment",
            "payment processing",
            "payment unconfirmed",
            "checkout requested",
            "checkout open",
            "charge unsettled",
            "refund requested",
            "refund pending",
            "dispute won",
            "dispute prevented",
            "dispute not-understood",
            "subscription trial-requested",
            "subscription trialing",
            "subscription active",
            "subscription past-due",
            "subscription grace",
            "plan-change requested",
            "plan-change call-off-requested",
            "plan-change awaiting-authentication",
            "plan-change scheduled",
            "stripe-event received",
            "erasure-task unanswered");
    for (JsonNode state : states) {
      String path =
          OPS
              + "/processes/"
              + state.path("process").asString()
              + "/states/"
              + state.path("state").asString();
      assertThat(get(path, support()).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void a_payment_whose_registration_is_never_told_to_end_is_stuck() {
    UUID payment = paymentOf(hold("CAD", 10_000));
    assertThat(stuckIds("payment/states/awaiting-payment")).doesNotContain(payment.toString());
    advanceClocks(HOLD.plus(Duration.ofMinutes(16)));
    assertThat(stuckIds("payment/states/awaiting-payment")).contains(payment.toString());
  }

  @Test
  void a_payment_is_unconfirmed_until_its_registration_is_confirmed_or_the_money_goes_back() {
    Held confirmed = hold("CAD", 10_000);
    UUID forPlace = paymentOf(confirmed);
    paid(confirmed, forPlace);
    Held late = hold("CAD", 10_000);
    UUID tooLate = paymentOf(late);
    paid(late, tooLate);
    assertThat(stuckIds("payment/states/unconfirmed"))
        .doesNotContain(forPlace.toString(), tooLate.toString());
    advanceClocks(Duration.ofMinutes(3));
    assertThat(stuckIds("payment/states/unconfirmed"))
        .contains(forPlace.toString(), tooLate.toString());

    facts.tell(
        new RegistrationConfirmed(
            confirmed.registrationId(),
            confirmed.accountId(),
            confirmed.eventId(),
            confirmed.organizationId(),
            forPlace,
            clock.instant()));
    facts.tell(refundRequested(late, tooLate, Ids.next(), 10_000));

    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(stuckIds("payment/states/unconfirmed"))
                .doesNotContain(forPlace.toString(), tooLate.toString()));
  }

  @Test
  void a_charge_without_its_balance_transaction_is_stuck() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    connection.hideSettlements();
    String intent = stripe.pay(session);
    awaitStatus(held, payment, "captured");
    String charge = stripe.chargeOf(intent);
    advanceClocks(Duration.ofMinutes(121));
    assertThat(stuckIds("charge/states/unsettled")).contains(charge);
    connection.showSettlements();
    advanceClocks(Duration.ofMinutes(31));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(
            () -> assertThat(stuckIds("charge/states/unsettled")).doesNotContain(charge));
  }

  @Test
  void a_dispute_that_is_in_the_way_of_refunds_and_not_about_to_end_is_stuck() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String disputed = stripe.dispute(paid(held, payment));
    awaitApplied(disputed);
    assertThatDisputeIsStuck(
        "dispute/states/not-understood",
        payment,
        "stripe_status = 'needs_arbitration', opened_at = :longAgo");
    assertThatDisputeIsStuck(
        "dispute/states/prevented", payment, "status = 'prevented', closed_at = :longAgo");
  }

  private void assertThatDisputeIsStuck(String processAndState, UUID payment, String change) {
    UUID dispute =
        jdbc.sql("SELECT id FROM dispute WHERE payment_id = :id")
            .param("id", payment)
            .query(UUID.class)
            .single();
    assertThat(stuckIds(processAndState)).doesNotContain(dispute.toString());
    // Stripe is not asked about it meanwhile.
    jdbc.sql("UPDATE dispute SET next_check_at = :never, " + change + " WHERE id = :id")
        .param("id", dispute)
        .param("never", at(clock.instant().plus(Duration.ofDays(99))))
        .param("longAgo", at(clock.instant().minus(Duration.ofDays(11))))
        .update();
    assertThat(stuckIds(processAndState)).contains(dispute.toString());
  }

  @Test
  void an_event_of_stripe_that_no_worker_takes_is_seen_by_the_gauge_and_the_list() {
    String id = "evt_" + Ids.next();
    Instant now = Clock.systemUTC().instant();
    jdbc.sql(
            """
            INSERT INTO stripe_event (
                id, endpoint, type, occurred_at, subject_kind, subject_id, status, received_at,
                next_attempt_at)
            VALUES (:id, 'platform', 'charge.updated', :received, 'payment-intent', 'pi_nobody',
                    'received', :received, :never)
            """)
        .param("id", id)
        .param("received", at(now.minus(Duration.ofHours(1))))
        .param("never", at(now.plus(Duration.ofDays(1))))
        .update();
    try {
      assertThat(stuckIds("stripe-event/states/received")).contains(id);
      await()
          .atMost(EVENTUALLY)
          .untilAsserted(() -> assertThat(oldestStripeEvent().value()).isGreaterThan(3_500));
    } finally {
      jdbc.sql("DELETE FROM stripe_event WHERE id = :id").param("id", id).update();
    }
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(oldestStripeEvent().value()).isLessThan(300));
  }

  @Test
  void the_jobs_are_listed_by_name() {
    for (String job : List.of("check-checkouts", "send-due-refunds", "follow-balance")) {
      JsonNode jobs = get(OPS + "/jobs?name=" + job, support()).body().path("data");
      assertThat(jobs).as(job).hasSize(1);
      assertThat(jobs.path(0).path("consecutiveFailures").isInt()).isTrue();
    }
  }

  @Test
  void the_breaker_and_the_bulkhead_of_stripe_are_measured() {
    assertThat(
            metrics
                .get("resilience4j.circuitbreaker.state")
                .tags("name", "stripe", "state", "closed")
                .gauge()
                .value())
        .isEqualTo(1);
    assertThat(
            metrics
                .get("resilience4j.bulkhead.max.allowed.concurrent.calls")
                .tag("name", "stripe")
                .gauge()
                .value())
        .isEqualTo(32);
  }

  private Gauge oldestStripeEvent() {
    return metrics.get("cpd.process.oldest").tag("process", "stripe-event").gauge();
  }

  /** All pages of the list. */
  private List<String> stuckIds(String processAndState) {
    List<String> ids = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          get(OPS + "/processes/" + processAndState + "?limit=100&after=" + after, support())
              .body();
      page.path("data").valueStream().forEach(one -> ids.add(one.path("id").asString()));
      after = page.path("next").asString("");
    } while (!after.isEmpty());
    return ids;
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static String support() {
    return TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of());
  }
}
