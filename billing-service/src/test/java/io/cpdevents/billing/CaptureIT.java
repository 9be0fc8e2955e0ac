package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.RecordedEvent;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureIT extends BillingJourney {

  @Test
  void a_paid_registration_is_told_and_booked() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    PaymentCaptured captured =
        events.await(PaymentCaptured.class, event -> payment.equals(event.paymentId()));
    assertThat(captured.registrationId()).isEqualTo(held.registrationId());
    assertThat(captured.amount().amountMinor()).isEqualTo(10_000);
    assertThat(captured.platformFee().amountMinor()).isEqualTo(550);
    RecordedEvent<OrganizationEntryPosted> told =
        events.awaitRecord(
            OrganizationEntryPosted.class, event -> payment.equals(event.paymentId()));
    OrganizationEntryPosted entry = told.event();
    assertThat(told.key()).isEqualTo(entry.journalId().toString());
    assertThat(entry.journalKind()).isEqualTo("payment-captured");
    assertThat(entry.registrationId()).isEqualTo(held.registrationId());
    assertThat(entry.account()).isEqualTo("organization");
    assertThat(entry.amount().amountMinor()).isEqualTo(9_450);
    assertThat(entry.eventId()).isEqualTo(held.eventId());
    assertThat(postings("payment-captured", payment.toString()))
        .containsExactly(
            "awaiting-stripe 10000",
            "organization:" + held.organizationId() + " -9450",
            "platform-fees -550");
    assertThat(sum("stripe", payment)).isEqualTo(9_680);
    assertThat(sum("awaiting-stripe", payment)).isZero();
    assertThat(openBreaks(stripe.chargeOf(intent))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csu", "cus", "scu", "suc", "ucs", "usc", "u", "c", "s", "uuccss"})
  void one_capture_and_one_journal_each_in_whatever_order_the_webhooks_come(String order) {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    String transaction = stripe.settlementOf(intent);
    for (String which : order.split("", -1)) {
      switch (which) {
        case "c" ->
            webhook("checkout.session.completed", Map.of("id", session, "payment_intent", intent));
        case "s" -> webhook("payment_intent.succeeded", Map.of("id", intent));
        case "u" ->
            webhook(
                "charge.updated", Map.of("id", stripe.chargeOf(intent), "payment_intent", intent));
        default -> {}
      }
    }
    awaitStatus(held, payment, "captured");
    awaitApplied(intent);
    assertThat(postings("payment-captured", payment.toString())).hasSize(3);
    assertThat(postings("balance-transaction", transaction))
        .containsExactly("stripe 9680", "stripe-fees 320", "awaiting-stripe -10000");
    assertThatOneCaptureIsTold(held, payment);
  }

  @Test
  void the_same_webhook_ten_times_at_once_is_one_capture() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    String body = event("evt_" + Ids.next(), "payment_intent.succeeded", Map.of("id", intent));
    List<Answer> answers = AtOnce.times(10, () -> webhook(body));
    assertThat(answers).allMatch(answer -> answer.status() == 204);
    List<Answer> others =
        AtOnce.times(10, () -> webhook("payment_intent.succeeded", Map.of("id", intent)));
    assertThat(others).allMatch(answer -> answer.status() == 204);
    awaitStatus(held, payment, "captured");
    awaitApplied(intent);
    assertThat(postings("payment-captured", payment.toString())).hasSize(3);
    assertThatOneCaptureIsTold(held, payment);
  }

  @Test
  void a_fee_that_comes_later_is_booked_later() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks("charge.updated");
    connection.hideSettlements();
    String intent = stripe.pay(session);
    awaitStatus(held, payment, "captured");
    assertThat(sum("awaiting-stripe", payment)).isEqualTo(10_000);
    stripe.settlementOf(intent);
    connection.showSettlements();
    stripe.redeliver("charge.updated", stripe.chargeOf(intent));
    awaitSum("stripe", payment, 9_680);
    assertThat(sum("awaiting-stripe", payment)).isZero();
  }

  @Test
  void nothing_is_stuck_when_every_webhook_is_lost() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    connection.hideSettlements();
    stripe.pay(session);
    advanceClocks(Duration.ofMinutes(1));
    awaitStatus(held, payment, "captured");
    assertThat(sum("awaiting-stripe", payment)).isEqualTo(10_000);
    connection.showSettlements();
    advanceClocks(Duration.ofMinutes(1));
    awaitSum("stripe", payment, 9_680);
  }

  @Test
  void money_that_comes_after_the_end_is_captured_and_told() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    facts.tell(expired(held));
    awaitStatus(held, payment, "captured");
    events.await(PaymentCaptured.class, event -> payment.equals(event.paymentId()));
    stripe.redeliver("payment_intent.succeeded", intent);
    awaitApplied(intent);
    assertThat(postings("payment-captured", payment.toString())).hasSize(3);
  }

  @Test
  void a_second_capture_is_quarantined_and_goes_back_by_itself_without_touching_the_first() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String again = stripe.receive(10_000, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(again);
    RefundSucceeded returned =
        events.await(RefundSucceeded.class, event -> event.paymentId().equals(payment));
    assertThat(returned.cause()).isEqualTo(RefundCause.PAID_TWICE);
    assertThat(returned.amount().amountMinor()).isEqualTo(10_000);
    assertThat(postings("capture-quarantined", charge))
        .containsExactly("awaiting-stripe 10000", "suspense -10000");
    assertThat(postings("refund-accepted", returned.refundId().toString()))
        .containsExactly("suspense 10000", "refunds -10000");
    String transaction = stripe.settlementOf(again);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(postings("balance-transaction", transaction)).hasSize(3));
    awaitSum("refunds", payment, 0);
    assertThat(sum("suspense", payment)).isZero();
    assertThat(sum("platform-fees", payment)).isEqualTo(-550);
    assertThat(sum("organization:" + held.organizationId(), payment)).isEqualTo(-9_450);
    assertThat(openBreaks(charge)).isEmpty();
    Answer seen = get("/api/v1/payments/" + payment, finance());
    assertThat(seen.body().path("status").asString()).isEqualTo("captured");
    assertThat(seen.body().path("refunded").path("amountMinor").asLong()).isZero();
    assertThat(seen.body().path("refundable").path("amountMinor").asLong()).isEqualTo(10_000);
  }

  @Test
  void of_a_second_capture_what_is_left_goes_back_when_a_part_was_refunded_in_the_dashboard() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    stripe.loseWebhooks();
    String again = stripe.receive(10_000, "cad", Map.of("paymentId", payment.toString()));
    String charge = stripe.chargeOf(again);
    String made = stripe.refundInDashboard(again, 4_000);
    webhook("refund.created", Map.of("id", made));
    RefundSucceeded ours =
        events.await(
            RefundSucceeded.class,
            event -> event.paymentId().equals(payment) && event.cause() == RefundCause.PAID_TWICE);
    assertThat(ours.amount().amountMinor()).isEqualTo(6_000);
    awaitSum("refunds", payment, 0);
    assertThat(sum("suspense", payment)).isZero();
    assertThat(sum("organization:" + held.organizationId(), payment)).isEqualTo(-9_450);
    await().atMost(EVENTUALLY).until(() -> openBreaks(charge).isEmpty());
  }

  @Test
  void wrong_and_unknown_money_is_quarantined() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String less = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    String other = stripe.receive(10_000, "usd", Map.of("paymentId", payment.toString()));
    String unknown = stripe.receive(700, "cad", Map.of("paymentId", Ids.next().toString()));
    String junk = stripe.receive(700, "cad", Map.of("paymentId", "junk"));
    awaitBreak(stripe.chargeOf(less), "wrong-amount");
    awaitBreak(stripe.chargeOf(other), "wrong-currency");
    awaitBreak(stripe.chargeOf(unknown), "unknown-payment");
    awaitBreak(stripe.chargeOf(junk), "unknown-payment");
    assertThat(statusOf(held, payment)).isEqualTo("awaiting-payment");
  }

  @Test
  void a_declined_card_is_followed_by_another_on_the_same_page() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.decline(session);
    assertThat(openSession(held, payment)).isEqualTo(session);
    String intent = stripe.pay(session);
    awaitStatus(held, payment, "captured");
    awaitApplied(intent);
    assertThat(postings("payment-captured", payment.toString())).hasSize(3);
    assertThatOneCaptureIsTold(held, payment);
  }

  @Test
  void a_slow_bank_decides_in_the_end() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    String intent = stripe.payThroughASlowBank(session);
    awaitStatus(held, payment, "processing");
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("payment-processing");
    stripe.bankRefuses(intent);
    awaitStatus(held, payment, "awaiting-payment");
    // The page is over by an event of its own, which may come after the one about the money.
    String next =
        await()
            .atMost(EVENTUALLY)
            .until(() -> openSession(held, payment), opened -> !opened.equals(session));
    String paid = stripe.payThroughASlowBank(next);
    awaitStatus(held, payment, "processing");
    stripe.bankPays(paid);
    awaitStatus(held, payment, "captured");
  }

  @Test
  void an_event_waits_until_stripe_answers_again() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    connection.failNext(
        "GET /v1/payment_intents/" + intent, Failure.SERVER_ERROR, Failure.SERVER_ERROR);
    assertThat(webhook("payment_intent.succeeded", Map.of("id", intent)).status()).isEqualTo(204);
    awaitStatus(held, payment, "captured");
  }

  @Test
  void many_payments_at_once_keep_the_ledger_at_zero() {
    List<Held> crowd = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      crowd.add(hold("JPY", 1_000 + i));
    }
    Queue<Held> left = new ConcurrentLinkedQueue<>(crowd);
    AtOnce.times(
        crowd.size(),
        () -> {
          Held held = Objects.requireNonNull(left.poll());
          return paid(held, paymentOf(held));
        });
    for (Held held : crowd) {
      awaitStatus(held, paymentOf(held), "captured");
    }
    Answer accounts = get("/api/v1/finance/accounts", finance());
    Map<String, Long> sums = new HashMap<>();
    accounts
        .body()
        .path("data")
        .forEach(account ->
            sums.merge(
                account.path("currency").asString(),
                account.path("amountMinor").asLong(),
                Long::sum));
    assertThat(sums).isNotEmpty().allSatisfy((currency, sum) -> assertThat(sum).isZero());
    Answer journals = get("/api/v1/finance/journals?limit=5", finance());
    assertThat(journals.body().path("data")).hasSize(5);
    String next = journals.body().path("next").asString();
    assertThat(get("/api/v1/finance/journals?limit=5&after=" + next, finance()).status())
        .isEqualTo(200);
  }

  @Test
  void finance_finds_journals_by_kind_business_id_account_organization_and_time() {
    Instant before = clock.instant();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String captured = "payment-captured/" + payment;
    assertThat(journals("kind=payment-captured&businessId=" + payment)).containsExactly(captured);
    assertThat(journals("organizationId=" + held.organizationId())).containsExactly(captured);
    String account = "account=organization:" + held.organizationId();
    assertThat(journals(account)).containsExactly(captured);
    assertThat(journals(account + "&from=" + before)).containsExactly(captured);
    assertThat(journals(account + "&to=" + before)).isEmpty();
    assertThat(journals(account + "&kind=refund-accepted")).isEmpty();
    assertThat(journals("account=awaiting-stripe&businessId=" + payment)).containsExactly(captured);
    assertThat(journals("account=stripe&businessId=" + payment)).isEmpty();
    get("/api/v1/finance/journals?kind=nothing", finance()).refused(400, "invalid-request");
    get("/api/v1/finance/journals?organizationId=x", finance()).refused(400, "invalid-request");
  }

  private List<String> journals(String query) {
    return get("/api/v1/finance/journals?" + query, finance())
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(row -> row.path("kind").asString() + "/" + row.path("businessId").asString())
        .toList();
  }

  private RegistrationExpired expired(Held held) {
    return new RegistrationExpired(
        held.registrationId(),
        held.accountId(),
        held.eventId(),
        held.organizationId(),
        clock.instant());
  }

  /** What a payment tells comes in order: before its refund, every capture has been told. */
  private void assertThatOneCaptureIsTold(Held held, UUID payment) {
    RefundRequested fence = refundRequested(held, payment, Ids.next(), 1_000);
    facts.tell(fence);
    events.await(RefundAccepted.class, event -> event.refundId().equals(fence.refundId()));
    assertThat(
            events.all(PaymentCaptured.class).stream()
                .filter(event -> payment.equals(event.paymentId())))
        .hasSize(1);
  }
}
