package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.PaymentEvent.RefundAccepted;
import io.cpdevents.contracts.billing.PaymentEvent.RefundSucceeded;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.platform.Ids;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RefundIT extends BillingJourney {

  @Test
  void money_that_came_too_late_goes_back_whole_and_once() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment, 320);
    UUID refund = Ids.next();
    tell(requested(held, payment, refund, 10_000));
    tell(requested(held, payment, refund, 10_000));
    events.await(RefundAccepted.class, event -> event.refundId().equals(refund));
    String stripeRefund = awaitSent(intent);
    assertThat(postings("refund-accepted", refund.toString()))
        .containsExactly(
            "organization:" + held.organizationId() + " 9450",
            "platform-fees 550",
            "refunds -10000");
    stripe.finish(stripeRefund, "succeeded");
    webhook("refund.updated", Map.of("id", stripeRefund));
    webhook("charge.refunded", Map.of("payment_intent", intent));
    events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    await().atMost(EVENTUALLY).untilAsserted(() -> assertThat(sum("refunds", payment)).isZero());
    assertThat(sum("stripe", payment)).isEqualTo(-320);
    assertThat(sum("platform-fees", payment)).isZero();
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
    assertThat(stripe.requests("POST /v1/refunds refund:" + refund)).hasSize(1);
    Answer seen = get("/api/v1/payments/" + payment, finance());
    assertThat(seen.body().path("refunded").path("amountMinor").asLong()).isEqualTo(10_000);
    assertThat(seen.body().path("refundable").path("amountMinor").asLong()).isZero();
    assertThat(seen.body().path("refunds").get(0).path("status").asString()).isEqualTo("succeeded");
  }

  @Test
  void a_lost_answer_is_looked_up_and_the_money_goes_once() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment, 320);
    UUID refund = Ids.next();
    stripe.plan("POST /v1/refunds", FakeStripe.Fault.DROP_AFTER, FakeStripe.Fault.DROP_AFTER);
    tell(requested(held, payment, refund, 10_000));
    awaitRefund(refund, "PENDING");
    String stripeRefund = awaitSent(intent);
    stripe.finish(stripeRefund, "succeeded");
    webhook("refund.updated", Map.of("id", stripeRefund));
    awaitRefund(refund, "SUCCEEDED");
    assertThat(stripe.requests("refund:" + refund + ":2")).isEmpty();
  }

  @Test
  void a_refund_that_fails_is_owed_again_and_in_the_end_a_persons() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment, 320);
    UUID refund = Ids.next();
    tell(requested(held, payment, refund, 10_000));
    for (int attempt = 1; attempt <= 3; attempt++) {
      int number = attempt;
      await()
          .atMost(EVENTUALLY)
          .untilAsserted(
              () -> assertThat(stripe.requests("refund:" + refund + ":" + number)).hasSize(1));
      awaitRefund(refund, "PENDING");
      String stripeRefund = awaitSent(intent);
      stripe.finish(stripeRefund, "succeeded");
      webhook("refund.updated", Map.of("id", stripeRefund));
      awaitRefund(refund, "SUCCEEDED");
      stripe.finish(stripeRefund, "failed");
      webhook("refund.failed", Map.of("id", stripeRefund));
      awaitRefund(refund, attempt < 3 ? "REQUESTED" : "FAILED");
      assertThat(sum("refunds", payment)).isEqualTo(-10_000);
      assertThat(sum("stripe", payment)).isEqualTo(9_680);
      if (attempt < 3) {
        clock.advance(Duration.ofDays(1).plusMinutes(1));
      } else {
        assertThat(openBreaks(stripeRefund)).containsExactly("refund-owed");
      }
    }
  }

  @Test
  void a_refund_that_stripe_refuses_is_still_owed() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment, 320);
    UUID refund = Ids.next();
    stripe.plan("POST /v1/refunds", FakeStripe.Fault.REFUSE);
    tell(requested(held, payment, refund, 10_000));
    awaitRefund(refund, "FAILED");
    assertThat(openBreaks("refund:" + refund)).containsExactly("refund-owed");
    assertThat(sum("refunds", payment)).isEqualTo(-10_000);
  }

  @Test
  void a_refund_made_in_the_dashboard_is_taken_over() {
    Held held = hold("CAD", 10_000, 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment, 610);
    String made = stripe.refundInDashboard(intent, 5_000);
    stripe.finish(made, "succeeded");
    webhook("refund.created", Map.of("id", made));
    webhook("refund.updated", Map.of("id", made));
    webhook("charge.refunded", Map.of("payment_intent", intent));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          Answer seen = get("/api/v1/payments/" + payment, finance());
          assertThat(seen.body().path("refunded").path("amountMinor").asLong()).isEqualTo(5_000);
        });
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("stripe", payment)).isEqualTo(20_000 - 610 - 5_000);
    Answer seen = get("/api/v1/payments/" + payment, finance());
    assertThat(seen.body().path("refunds")).hasSize(1);
    assertThat(seen.body().path("refundable").path("amountMinor").asLong()).isEqualTo(15_000);
  }

  @Test
  void a_refund_of_unknown_money_leaves_suspense() {
    String intent = stripe.succeeded(700, "cad", Map.of());
    stripe.settle(intent, 50);
    webhook("payment_intent.succeeded", Map.of("id", intent));
    String made = stripe.refundInDashboard(intent, 700);
    stripe.finish(made, "succeeded");
    webhook("refund.created", Map.of("id", made));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql(
                            """
                            SELECT count(*) FROM balance_transaction
                            WHERE source IN (:made, :charge)
                            """)
                        .param("made", made)
                        .param("charge", stripe.chargeOf(intent))
                        .query(Long.class)
                        .single())
                .isEqualTo(2));
    assertThat(openBreaks(stripe.chargeOf(intent))).containsExactly("unknown-payment");
  }

  private RefundRequested requested(Held held, UUID payment, UUID refund, long amountMinor) {
    return new RefundRequested(
        held.registrationId(),
        held.accountId(),
        held.eventId(),
        held.organizationId(),
        payment,
        refund,
        new MoneyAmount(amountMinor, "CAD"),
        "payment-too-late",
        clock.instant());
  }

  private String awaitSent(String intent) {
    return await()
        .atMost(EVENTUALLY)
        .until(() -> stripe.newestRefund(intent).orElse(""), id -> !id.isEmpty());
  }

  private void awaitRefund(UUID refund, String status) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT status FROM refund WHERE id = :id")
                        .param("id", refund)
                        .query(String.class)
                        .optional())
                .contains(status));
  }
}
