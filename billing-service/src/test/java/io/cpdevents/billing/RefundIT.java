package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.refunds.SendDueRefunds;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundLine;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RefundIT extends BillingJourney {

  @Autowired SendDueRefunds sendDueRefunds;

  @Test
  void money_that_came_too_late_goes_back_whole_and_once() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    stripe.letRefundsWait();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    facts.tell(refundRequested(held, payment, refund, 10_000));
    events.await(RefundAccepted.class, event -> event.refundId().equals(refund));
    awaitRefund(refund, "pending");
    assertThat(postings("refund-accepted", refund.toString()))
        .containsExactly(
            "organization:" + held.organizationId() + " 9450",
            "platform-fees 550",
            "refunds -10000");
    stripe.completeRefund(stripe.refundsOf(intent).getFirst());
    events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("stripe", payment)).isEqualTo(-320);
    assertThat(sum("platform-fees", payment)).isZero();
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
    assertThat(connection.requests("POST /v1/refunds refund:" + refund)).hasSize(1);
    assertThat(stripe.refundsOf(intent)).hasSize(1);
    Answer seen = get("/api/v1/payments/" + payment, finance());
    assertThat(seen.body().path("refunded").path("amountMinor").asLong()).isEqualTo(10_000);
    assertThat(seen.body().path("refundable").path("amountMinor").asLong()).isZero();
    assertThat(seen.body().path("refunds").get(0).path("status").asString()).isEqualTo("succeeded");
  }

  @Test
  void stripe_is_told_where_to_ask_a_buyer_whose_way_of_paying_takes_nothing_back() {
    Held held = hold("CAD", 10_000);
    facts.tell(
        new ProfileChanged(
            held.accountId(), 1, "ada@example.com", "Ada", "en-CA", "America/Toronto", true));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT count(*) FROM account_email WHERE account_id = :id")
                    .param("id", held.accountId())
                    .query(Long.class)
                    .single()
                == 1);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "succeeded");
    assertThat(
            stripe
                .show("refunds/" + stripe.refundsOf(intent).getFirst())
                .path("instructions_email")
                .asString())
        .isEqualTo("ada@example.com");
  }

  @Test
  void whoever_reads_an_address_of_before_is_asked_and_told_nothing_any_more() {
    Held held = hold("CAD", 10_000);
    hasAddress(held, 1, "before@example.com");
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String customer =
        jdbc.sql("SELECT stripe_customer_id FROM stripe_customer WHERE account_id = :id")
            .param("id", held.accountId())
            .query(String.class)
            .single();
    assertThat(emailOf(customer)).isEqualTo("before@example.com");

    hasAddress(held, 2, "now@example.com");

    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(emailOf(customer)).isEqualTo("now@example.com"));
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "succeeded");
    assertThat(
            stripe
                .show("refunds/" + stripe.refundsOf(intent).getFirst())
                .path("instructions_email")
                .asString())
        .isEqualTo("now@example.com");
    // What is told late changes nothing.
    hasAddress(held, 1, "late@example.com");
    hasAddress(held, 3, "last@example.com");
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(emailOf(customer)).isEqualTo("last@example.com"));
  }

  private String emailOf(String customer) {
    return stripe.show("customers/" + customer).path("email").asString();
  }

  private void hasAddress(Held held, long version, String email) {
    facts.tell(
        new ProfileChanged(
            held.accountId(), version, email, "Ada", "en-CA", "America/Toronto", true));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql(
                        """
                        SELECT count(*) FROM account_email
                        WHERE account_id = :id AND version >= :version
                        """)
                    .param("id", held.accountId())
                    .param("version", version)
                    .query(Long.class)
                    .single()
                == 1);
  }

  @Test
  void tickets_are_refunded_one_by_one_and_the_rest_at_last() {
    Held held = hold("CAD", 10_000, 5_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    UUID first = Ids.next();
    facts.tell(
        refundRequested(
            held,
            payment,
            first,
            RefundCause.ATTENDEE_CANCELLED,
            List.of(new RefundLine(held.tickets().getLast(), new MoneyAmount(2_500, "CAD")))));
    RefundAccepted accepted =
        events.await(RefundAccepted.class, event -> event.refundId().equals(first));
    assertThat(accepted.cause()).isEqualTo(RefundCause.ATTENDEE_CANCELLED);
    assertThat(accepted.accountId()).isEqualTo(held.accountId());
    assertThat(accepted.eventId()).isEqualTo(held.eventId());
    // The fee is 850, of which 283 are of this ticket, half of which goes back.
    assertThat(postings("refund-accepted", first.toString()))
        .containsExactly(
            "organization:" + held.organizationId() + " 2358",
            "platform-fees 142",
            "refunds -2500");
    awaitRefund(first, "succeeded");

    UUID rest = Ids.next();
    facts.tell(refundRequested(held, payment, rest, RefundCause.EVENT_CANCELLED, List.of()));
    assertThat(
            events
                .await(RefundAccepted.class, event -> event.refundId().equals(rest))
                .amount()
                .amountMinor())
        .isEqualTo(12_500);
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
    assertThat(sum("platform-fees", payment)).isZero();
    OrganizationEntryPosted entry =
        events.await(OrganizationEntryPosted.class, event -> rest.equals(event.refundId()));
    assertThat(entry.journalKind()).isEqualTo("refund-accepted");
    assertThat(entry.registrationId()).isEqualTo(held.registrationId());
    assertThat(entry.paymentId()).isEqualTo(payment);
    awaitRefund(rest, "succeeded");
    assertThat(
            jdbc.sql(
                    """
                    SELECT kind FROM journal WHERE refund_id = :id AND payment_id = :payment
                    ORDER BY recorded_at, id
                    """)
                .param("id", rest)
                .param("payment", payment)
                .query(String.class)
                .list())
        .containsExactly("refund-accepted", "balance-transaction");
  }

  @Test
  void the_organization_bears_all_when_the_policy_keeps_the_fee_but_not_of_late_money() {
    Held held = hold(false, "CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, RefundCause.ATTENDEE_CANCELLED, List.of()));
    events.await(RefundAccepted.class, event -> event.refundId().equals(refund));
    assertThat(postings("refund-accepted", refund.toString()))
        .containsExactly("organization:" + held.organizationId() + " 10000", "refunds -10000");

    Held late = hold(false, "CAD", 10_000);
    UUID latePayment = paymentOf(late);
    paid(late, latePayment);
    UUID lateRefund = Ids.next();
    facts.tell(
        refundRequested(late, latePayment, lateRefund, RefundCause.PAYMENT_TOO_LATE, List.of()));
    events.await(RefundAccepted.class, event -> event.refundId().equals(lateRefund));
    assertThat(postings("refund-accepted", lateRefund.toString()))
        .containsExactly(
            "organization:" + late.organizationId() + " 9450",
            "platform-fees 550",
            "refunds -10000");
  }

  @Test
  void a_lost_answer_is_looked_up_and_the_money_goes_once() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    stripe.loseWebhooks();
    // The JDK sends a POST whose connection broke once more by itself.
    stripe.loseAnswers("POST", "/v1/refunds", 2);
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "succeeded");
    assertThat(connection.requests("POST /v1/refunds refund:" + refund)).hasSize(2);
    assertThat(stripe.refundsOf(intent)).hasSize(1);
  }

  @Test
  void a_key_under_which_stripe_never_answers_is_given_up_after_a_while() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    connection.failNext(
        "refund:" + refund + ":1",
        Collections.nCopies(50, Failure.SERVER_ERROR).toArray(Failure[]::new));
    facts.tell(refundRequested(held, payment, refund, 10_000));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(
            () -> assertThat(connection.requests("refund:" + refund + ":1")).isNotEmpty());
    advanceClocks(Duration.ofMinutes(11));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          sendDueRefunds.handle();
          assertThat(statusOfRefund(refund)).contains("succeeded");
        });
    assertThat(connection.requests("refund:" + refund + ":2")).hasSize(1);
    assertThat(stripe.refundsOf(intent)).hasSize(1);
    assertThatItIsRefunded(payment, 10_000);
  }

  @Test
  void a_failure_that_stripe_has_stored_under_the_key_delays_a_refund_and_no_more() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    stripe.storeFailures("POST", "/v1/refunds", 1);
    facts.tell(refundRequested(held, payment, refund, 10_000));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(
            () -> assertThat(connection.requests("refund:" + refund + ":1")).isNotEmpty());
    advanceClocks(Duration.ofMinutes(14));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          sendDueRefunds.handle();
          assertThat(statusOfRefund(refund)).contains("succeeded");
        });
    assertThat(connection.requests("refund:" + refund + ":2")).hasSize(1);
    assertThat(stripe.refundsOf(intent)).hasSize(1);
    assertThatItIsRefunded(payment, 10_000);
  }

  @Test
  void a_refund_that_fails_is_owed_again_and_in_the_end_a_persons() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    for (int attempt = 1; attempt <= 3; attempt++) {
      int number = attempt;
      await()
          .atMost(EVENTUALLY)
          .untilAsserted(
              () -> assertThat(connection.requests("refund:" + refund + ":" + number)).hasSize(1));
      awaitRefund(refund, "succeeded");
      String stripeRefund = stripe.refundsOf(intent).getFirst();
      stripe.failRefund(stripeRefund);
      awaitRefund(refund, attempt < 3 ? "requested" : "failed");
      RefundFailed told =
          events.await(
              RefundFailed.class,
              event -> event.refundId().equals(refund) && event.retried() == number < 3);
      assertThat(told.afterSuccess()).isTrue();
      assertThat(told.amount().amountMinor()).isEqualTo(10_000);
      assertThat(told.failureReason()).isNotNull();
      assertThat(sum("refunds", payment)).isEqualTo(-10_000);
      assertThat(sum("stripe", payment)).isEqualTo(9_680);
      if (attempt < 3) {
        advanceClocks(Duration.ofDays(1).plusMinutes(1));
        sendDueRefunds.handle();
      } else {
        assertThat(openBreaks(stripeRefund)).containsExactly("refund-owed");
      }
    }
  }

  @Test
  void a_refund_for_which_stripes_balance_is_too_small_is_done_when_the_balance_is_there() {
    Held held = hold("CAD", 9_000_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.letRefundsNeedBalance();
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 5_000_000));
    awaitRefund(refund, "pending");
    assertThat(sum("refunds", payment)).isEqualTo(-5_000_000);
    advanceClocks(Duration.ofDays(8));
    awaitRefund(refund, "succeeded");
    awaitSum("refunds", payment, 0);
    assertThat(stripe.refundsOf(intent)).hasSize(1);
    assertThat(connection.requests("POST /v1/refunds refund:" + refund)).hasSize(1);
  }

  @Test
  void a_refund_of_late_money_that_is_called_off_at_stripe_is_still_owed_and_asks_a_person() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    stripe.letRefundsWait();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "pending");
    String calledOff = stripe.refundsOf(intent).getFirst();
    stripe.cancelRefund(calledOff);
    awaitRefund(refund, "failed");
    assertThat(openBreaks(calledOff)).containsExactly("refund-owed");
    RefundFailed told = events.await(RefundFailed.class, event -> event.refundId().equals(refund));
    assertThat(told.retried()).isFalse();
    assertThat(sum("refunds", payment)).isEqualTo(-10_000);
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
    stripe.completeRefund(stripe.refundInDashboard(intent, 10_000));
    awaitRefund(refund, "succeeded");
    assertThatItIsRefunded(payment, 10_000);
    assertThat(openBreaks(calledOff)).isEmpty();
  }

  @Test
  void a_refund_that_is_tried_again_waits_for_the_end_of_a_dispute() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "succeeded");
    stripe.failRefund(stripe.refundsOf(intent).getFirst());
    awaitRefund(refund, "requested");
    jdbc.sql("UPDATE payment SET open_disputes = 1 WHERE id = :id").param("id", payment).update();
    advanceClocks(Duration.ofHours(1).plusMinutes(1));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          sendDueRefunds.handle();
          assertThat(nextAttemptOf(refund)).isAfter(clock.instant().plusSeconds(600));
        });
    assertThat(connection.requests("refund:" + refund + ":2")).isEmpty();
    jdbc.sql("UPDATE payment SET open_disputes = 0 WHERE id = :id").param("id", payment).update();
    advanceClocks(Duration.ofHours(1).plusMinutes(1));
    sendDueRefunds.handle();
    awaitRefund(refund, "succeeded");
    assertThatItIsRefunded(payment, 10_000);
  }

  @Test
  void a_refund_that_stripe_refuses_is_still_owed() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    UUID refund = Ids.next();
    connection.failNext("POST /v1/refunds", Failure.REFUSAL);
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "failed");
    assertThat(openBreaks("refund:" + refund)).containsExactly("refund-owed");
    assertThat(sum("refunds", payment)).isEqualTo(-10_000);
    RefundFailed told = events.await(RefundFailed.class, event -> event.refundId().equals(refund));
    assertThat(told.failureReason()).isEqualTo("resource_missing");
    assertThat(told.retried()).isFalse();
    assertThat(told.afterSuccess()).isFalse();
  }

  @Test
  void a_refund_made_in_the_dashboard_is_taken_over() {
    Held held = hold("CAD", 10_000, 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String made = stripe.refundInDashboard(intent, 5_000);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          Answer seen = get("/api/v1/payments/" + payment, finance());
          assertThat(seen.body().path("refunded").path("amountMinor").asLong()).isEqualTo(5_000);
        });
    awaitApplied(made);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("stripe", payment)).isEqualTo(20_000 - 610 - 5_000);
    Answer seen = get("/api/v1/payments/" + payment, finance());
    assertThat(seen.body().path("refunds")).hasSize(1);
    assertThat(seen.body().path("refundable").path("amountMinor").asLong()).isEqualTo(15_000);
  }

  @Test
  void nobody_has_to_look_at_unknown_money_that_has_gone_back_as_a_whole() {
    String intent = stripe.receive(700, "cad", Map.of());
    String charge = stripe.chargeOf(intent);
    String charged = stripe.settlementOf(intent);
    String first = stripe.refundInDashboard(intent, 300);
    awaitBooked(first);
    assertThat(openBreaks(charge)).containsExactly("unknown-payment");
    assertThat(openBreaks(stripe.bookingOf(first))).containsExactly("unknown-refund");

    String second = stripe.refundInDashboard(intent, 400);

    awaitBooked(second);
    await().atMost(EVENTUALLY).untilAsserted(() -> assertThat(openBreaks(charge)).isEmpty());
    assertThat(openBreaks(stripe.bookingOf(first))).isEmpty();
    assertThat(openBreaks(stripe.bookingOf(second))).isEmpty();
    assertThat(postings("capture-quarantined", charge))
        .containsExactly("awaiting-stripe 700", "suspense -700");
    assertThat(postings("balance-transaction", charged))
        .containsExactly("stripe 650", "stripe-fees 50", "awaiting-stripe -700");
    assertThat(postings("balance-transaction", stripe.bookingOf(first)))
        .containsExactly("stripe -300", "suspense 300");
    assertThat(postings("balance-transaction", stripe.bookingOf(second)))
        .containsExactly("stripe -400", "suspense 400");
  }

  private void awaitBooked(String refund) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT count(*) FROM balance_transaction WHERE source = :refund")
                        .param("refund", refund)
                        .query(Long.class)
                        .single())
                .isEqualTo(1));
  }

  @Test
  void a_refund_that_is_told_before_its_capture_is_taken_over_with_it() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    stripe.settlementOf(intent);
    String made = stripe.refundInDashboard(intent, 4_000);
    webhook("refund.created", Map.of("id", made));
    awaitApplied(made);
    assertThatItIsRefunded(payment, 4_000);
    webhook("payment_intent.succeeded", Map.of("id", intent));
    awaitApplied(intent);
    assertThatItIsRefunded(payment, 4_000);
    assertThat(postings("balance-transaction", stripe.bookingOf(made)))
        .containsExactly("stripe -4000", "refunds 4000");
    assertThat(openBreaks(stripe.bookingOf(made))).isEmpty();
  }

  @Test
  void a_list_of_refunds_that_is_told_before_the_capture_is_taken_over_with_it() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    stripe.settlementOf(intent);
    stripe.refundInDashboard(intent, 4_000);
    stripe.refundInDashboard(intent, 1_000);
    webhook("charge.refunded", Map.of("payment_intent", intent));
    awaitApplied(intent);
    assertThatItIsRefunded(payment, 5_000);
  }

  @Test
  void what_became_of_ours_is_learned_before_a_refund_in_the_dashboard_that_needs_its_place() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    stripe.letRefundsWait();
    stripe.loseWebhooks();
    // One that nobody is owed whatever happens: called off at Stripe it is given up.
    facts.tell(
        refundRequested(
            held,
            payment,
            refund,
            RefundCause.REQUESTED,
            List.of(new RefundLine(held.tickets().getFirst(), new MoneyAmount(10_000, "CAD")))));
    awaitRefund(refund, "pending");
    String ours = stripe.refundsOf(intent).getFirst();
    // Stripe refunds no more than was paid: ours has ended there when the other one is made.
    stripe.cancelRefund(ours);
    String made = stripe.refundInDashboard(intent, 4_000);
    stripe.completeRefund(made);
    for (int told = 0; told < 2; told++) {
      webhook("refund.created", Map.of("id", made));
      awaitApplied(made);
      awaitRefund(refund, "cancelled");
      assertThat(openBreaks(stripe.bookingOf(made))).isEmpty();
      assertThatItIsRefunded(payment, 4_000);
    }
    RefundCancelled told =
        events.await(RefundCancelled.class, event -> event.refundId().equals(refund));
    assertThat(told.amount().amountMinor()).isEqualTo(10_000);
  }

  @Test
  void ours_gives_way_to_a_part_that_was_refunded_in_the_dashboard_first() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    String made = stripe.refundInDashboard(intent, 4_000);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "succeeded");
    assertThatItIsRefunded(payment, 10_000);
    assertThat(connection.requests("POST /v1/refunds refund:" + refund + ":2")).hasSize(1);
    RefundSucceeded rest =
        events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    assertThat(rest.amount().amountMinor()).isEqualTo(6_000);
    assertThat(postings("refund-reduced", refund + ":" + made))
        .containsExactly(
            "organization:" + held.organizationId() + " -3780",
            "platform-fees -220",
            "refunds 4000");
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
    assertThat(sum("platform-fees", payment)).isZero();
  }

  @Test
  void what_gave_way_to_a_refund_in_the_dashboard_is_owed_again_when_that_one_is_called_off() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    stripe.letRefundsWait();
    String made = stripe.refundInDashboard(intent, 6_000);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "pending");
    assertThat(stripe.refundsOf(intent)).hasSize(2);
    stripe.deliverWebhooks();

    stripe.cancelRefund(made);

    RefundAccepted again =
        events.await(
            RefundAccepted.class,
            event ->
                event.paymentId().equals(payment)
                    && event.cause() == RefundCause.PAYMENT_TOO_LATE
                    && !event.refundId().equals(refund));
    assertThat(again.amount().amountMinor()).isEqualTo(6_000);
    awaitRefund(again.refundId(), "pending");
    stripe.refundsOf(intent).stream()
        .filter(each -> !each.equals(made))
        .forEach(stripe::completeRefund);
    awaitRefund(refund, "succeeded");
    awaitRefund(again.refundId(), "succeeded");
    assertThatItIsRefunded(payment, 10_000);
    assertThat(owedAgain(payment)).isZero();
  }

  @Test
  void what_a_refund_in_the_dashboard_left_nothing_for_is_owed_when_that_one_is_called_off() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String made = stripe.refundInDashboard(intent, 10_000);
    awaitRefunded(payment, 10_000);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 8_000));
    events.await(RefundCancelled.class, event -> event.refundId().equals(refund));
    assertThat(owedAgain(payment)).isEqualTo(1);

    // The money had gone to a card, and the dashboard calls it off all the same.
    stripe.cancelRefundInDashboard(made);

    RefundSucceeded owed =
        events.await(
            RefundSucceeded.class,
            event ->
                event.paymentId().equals(payment) && event.cause() == RefundCause.PAYMENT_TOO_LATE);
    assertThat(owed.amount().amountMinor()).isEqualTo(8_000);
    assertThatItIsRefunded(payment, 8_000);
    assertThat(owedAgain(payment)).isZero();
    assertThat(stripe.refundsOf(intent)).hasSize(2);
  }

  @Test
  void what_was_asked_for_by_hand_and_is_called_off_soon_after_is_called_off_with_its_rest() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    String made = stripe.refundInDashboard(intent, 4_000);
    UUID refund = Ids.next();
    facts.tell(
        refundRequested(
            held,
            payment,
            refund,
            RefundCause.REQUESTED,
            List.of(new RefundLine(held.tickets().getFirst(), new MoneyAmount(10_000, "CAD")))));
    awaitRefund(refund, "succeeded");
    assertThat(owedAgain(payment)).isEqualTo(1);
    stripe.deliverWebhooks();
    String ours =
        stripe.refundsOf(intent).stream()
            .filter(each -> !each.equals(made))
            .findFirst()
            .orElseThrow();

    // Stripe has two words for a refund to a card that was called off; this is the other one.
    stripe.failRefund(ours, "merchant_request");

    RefundCancelled told =
        events.await(RefundCancelled.class, event -> event.refundId().equals(refund));
    assertThat(told.amount().amountMinor()).isEqualTo(6_000);
    awaitRefund(refund, "cancelled");
    assertThat(owedAgain(payment)).isZero();
    assertThatItIsRefunded(payment, 4_000);
    assertThat(stripe.refundsOf(intent)).hasSize(2);
    assertThat(openBreaks(ours)).isEmpty();
  }

  @Test
  void a_refund_that_was_faster_in_the_dashboard_is_the_one_that_was_asked_for() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    String made = stripe.refundInDashboard(intent, 10_000);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "succeeded");
    webhook("refund.created", Map.of("id", made));
    awaitApplied(made);
    events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    assertThatItIsRefunded(payment, 10_000);
    assertThat(openBreaks("refund:" + refund)).isEmpty();
    assertThat(openBreaks(stripe.bookingOf(made))).isEmpty();
  }

  @Test
  void a_refund_that_is_told_while_ours_waits_is_the_one_that_was_asked_for() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "succeeded");
    stripe.failRefund(stripe.refundsOf(intent).getFirst());
    awaitRefund(refund, "requested");
    String made = stripe.refundInDashboard(intent, 10_000);
    awaitRefund(refund, "succeeded");
    advanceClocks(Duration.ofDays(1).plusMinutes(1));
    sendDueRefunds.handle();
    assertThatItIsRefunded(payment, 10_000);
    assertThat(connection.requests("refund:" + refund + ":2")).isEmpty();
    assertThat(openBreaks(stripe.bookingOf(made))).isEmpty();
  }

  @Test
  void a_person_helps_a_refund_that_was_refused_in_the_dashboard() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    connection.failNext("POST /v1/refunds", Failure.REFUSAL);
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "failed");
    assertThat(openBreaks("refund:" + refund)).containsExactly("refund-owed");
    stripe.letRefundsWait();
    stripe.loseWebhooks();
    String made = stripe.refundInDashboard(intent, 10_000);
    webhook("refund.created", Map.of("id", made));
    awaitApplied(made);
    awaitRefund(refund, "failed");
    stripe.failRefund(made);
    stripe.completeRefund(stripe.refundInDashboard(intent, 10_000));
    webhook("charge.refunded", Map.of("payment_intent", intent));
    awaitRefund(refund, "succeeded");
    awaitApplied(intent);
    assertThatItIsRefunded(payment, 10_000);
    assertThat(openBreaks("refund:" + refund)).isEmpty();
  }

  @Test
  void a_refund_in_the_dashboard_that_is_called_off_leaves_ours_owed() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.letRefundsWait();
    stripe.loseWebhooks();
    String made = stripe.refundInDashboard(intent, 10_000);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "pending");
    stripe.deliverWebhooks();
    stripe.cancelRefund(made);
    awaitRefund(refund, "failed");
    assertThat(openBreaks(made)).containsExactly("refund-owed");
    assertThat(sum("refunds", payment)).isEqualTo(-10_000);
  }

  @Test
  void late_money_of_which_a_part_was_refunded_goes_back_as_far_as_it_is_left() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.refundInDashboard(intent, 4_000);
    awaitRefunded(payment, 4_000);
    UUID rest = Ids.next();
    facts.tell(refundRequested(held, payment, rest, 10_000));
    RefundAccepted accepted =
        events.await(RefundAccepted.class, event -> event.refundId().equals(rest));
    assertThat(accepted.amount().amountMinor()).isEqualTo(6_000);
    awaitRefund(rest, "succeeded");
    assertThatItIsRefunded(payment, 10_000);

    UUID nothing = Ids.next();
    facts.tell(refundRequested(held, payment, nothing, 10_000));
    RefundCancelled off =
        events.await(RefundCancelled.class, event -> event.refundId().equals(nothing));
    assertThat(off.amount().amountMinor()).isEqualTo(10_000);
    Held other = hold("CAD", 10_000);
    UUID another = paymentOf(other);
    paid(other, another);
    UUID after = Ids.next();
    // Told with the key of the first, and so behind the request that changes nothing.
    facts.tell(refundRequested(withTicketsOf(other, held), another, after, 10_000));
    events.await(RefundAccepted.class, event -> event.refundId().equals(after));
    assertThat(refunded(payment)).isEqualTo(10_000);
    assertThat(statusOfRefund(nothing)).isEmpty();
  }

  @Test
  void a_refund_made_in_the_dashboard_that_fails_is_not_sent_by_us() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String made = stripe.refundInDashboard(intent, 4_000);
    awaitRefunded(payment, 4_000);
    UUID refund = onlyRefundOf(payment);
    awaitRefund(refund, "succeeded");
    stripe.failRefund(made);
    awaitRefund(refund, "failed");
    assertThat(openBreaks(made)).containsExactly("refund-owed");
    assertThat(sum("refunds", payment)).isEqualTo(-4_000);
    advanceClocks(Duration.ofDays(2));
    sendDueRefunds.handle();
    assertThat(connection.requests("refund:" + refund)).isEmpty();

    stripe.refundInDashboard(intent, 4_000);
    awaitRefund(refund, "succeeded");
    assertThat(onlyRefundOf(payment)).isEqualTo(refund);
    assertThatItIsRefunded(payment, 4_000);
    assertThat(openBreaks(made)).isEmpty();
  }

  @Test
  void a_refund_that_takes_its_time_is_asked_about_less_and_less_often() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    stripe.letRefundsWait();
    stripe.loseWebhooks();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitRefund(refund, "pending");
    for (int checks = 1; checks <= 2; checks++) {
      advanceClocks(Duration.ofSeconds(46));
      int seen = checks;
      await()
          .atMost(EVENTUALLY)
          .untilAsserted(() -> assertThat(checksOf(refund)).isGreaterThanOrEqualTo(seen));
    }
    Instant planned = nextCheckOf(refund);
    assertThat(planned).isEqualTo(clock.instant().plusSeconds(90));
    String ours = stripe.refundsOf(intent).getFirst();
    webhook("refund.updated", Map.of("id", ours));
    awaitApplied(ours);
    assertThat(nextCheckOf(refund)).isEqualTo(planned);
  }

  private static Held withTicketsOf(Held other, Held held) {
    return new Held(
        held.registrationId(),
        held.accountId(),
        held.eventId(),
        held.organizationId(),
        other.tickets());
  }

  /** The whole of it has left by Stripe's balance, and nothing waits anywhere. */
  private void assertThatItIsRefunded(UUID payment, long amountMinor) {
    assertThat(refunded(payment)).isEqualTo(amountMinor);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("suspense", payment)).isZero();
    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - amountMinor);
  }

  private long refunded(UUID payment) {
    return get("/api/v1/payments/" + payment, finance())
        .body()
        .path("refunded")
        .path("amountMinor")
        .asLong();
  }

  private long owedAgain(UUID payment) {
    return jdbc.sql(
            "SELECT count(*) FROM refund_request_waiting WHERE payment_id = :id AND owed_again")
        .param("id", payment)
        .query(Long.class)
        .single();
  }

  private UUID onlyRefundOf(UUID payment) {
    return jdbc.sql("SELECT id FROM refund WHERE payment_id = :id")
        .param("id", payment)
        .query(UUID.class)
        .single();
  }

  private int checksOf(UUID refund) {
    return jdbc.sql("SELECT checks FROM refund_attempt WHERE refund_id = :id")
        .param("id", refund)
        .query(Integer.class)
        .single();
  }

  private Instant nextAttemptOf(UUID refund) {
    return jdbc.sql("SELECT next_attempt_at FROM refund WHERE id = :id")
        .param("id", refund)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant)
        .orElse(Instant.EPOCH);
  }

  private Instant nextCheckOf(UUID refund) {
    return jdbc.sql("SELECT next_check_at FROM refund_attempt WHERE refund_id = :id")
        .param("id", refund)
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private void awaitRefunded(UUID payment, long amountMinor) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(refunded(payment)).isEqualTo(amountMinor));
  }

  private void awaitRefund(UUID refund, String status) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(statusOfRefund(refund)).contains(status));
  }

  private Optional<String> statusOfRefund(UUID refund) {
    return jdbc.sql("SELECT status FROM refund WHERE id = :id")
        .param("id", refund)
        .query(String.class)
        .optional();
  }
}
