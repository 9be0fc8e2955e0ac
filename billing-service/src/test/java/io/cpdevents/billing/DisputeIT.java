package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.disputes.AskAboutUnsettledDisputes;
import io.cpdevents.billing.disputes.TellDeadlines;
import io.cpdevents.billing.ledger.NoteWrittenOff;
import io.cpdevents.billing.reconciliation.FollowBalance;
import io.cpdevents.billing.refunds.SendDueRefunds;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class DisputeIT extends BillingJourney {

  private static final byte[] PDF = "%PDF-1.7 a receipt".getBytes(StandardCharsets.US_ASCII);
  private static final String BOUNDARY = "parts";

  @Autowired TellDeadlines tellDeadlines;
  @Autowired AskAboutUnsettledDisputes askAboutDisputes;
  @Autowired FollowBalance followBalance;
  @Autowired SendDueRefunds sendDueRefunds;
  @Autowired NoteWrittenOff noteWrittenOff;
  @Autowired TransactionTemplate transaction;

  /** A captured payment of 100.00 CAD, its intent and its dispute at Stripe and here. */
  private record Disputed(Held held, UUID payment, String intent, String stripeId, UUID id) {}

  @Test
  void a_chargeback_is_booked_set_aside_and_told_once_and_blocks_refunds() {
    Disputed disputed = dispute(Map.of("reason", "product_not_received"));
    UUID payment = disputed.payment();
    String organization = "organization:" + disputed.held().organizationId();

    awaitApplied(disputed.stripeId());
    assertThat(sum("disputes", payment)).isEqualTo(10_000);
    assertThat(sum("dispute-fees", payment)).isEqualTo(1_500);
    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 11_500);
    assertThat(sum("held:" + disputed.held().organizationId(), payment)).isEqualTo(-9_450);
    assertThat(sum(organization, payment)).isZero();
    DisputeOpened opened =
        events.await(DisputeOpened.class, event -> event.disputeId().equals(disputed.id()));
    assertThat(opened.wholePayment()).isTrue();
    assertThat(opened.inquiry()).isFalse();
    assertThat(opened.amount()).isEqualTo(new MoneyAmount(10_000, "CAD"));
    assertThat(opened.reason()).isEqualTo("product_not_received");
    assertThat(opened.dueBy()).isAfter(clock.instant());
    assertThat(events.all(DisputeOpened.class))
        .filteredOn(event -> event.paymentId().equals(payment))
        .hasSize(1);
    OrganizationEntryPosted entry =
        events.await(
            OrganizationEntryPosted.class, event -> disputed.id().equals(event.disputeId()));
    assertThat(entry.journalKind()).isEqualTo("dispute-held");

    JsonNode seen = get("/api/v1/payments/" + payment, finance()).body();
    assertThat(seen.at("/disputed/amountMinor").asLong()).isEqualTo(10_000);
    assertThat(seen.at("/refundable/amountMinor").asLong()).isZero();
    api.as(finance(disputed.held()))
        .withKey(Ids.next().toString())
        .post("/api/v1/payments/" + payment + "/refunds", "{\"reason\": \"sorry\"}")
        .refused(409, "disputed");
  }

  @Test
  void of_a_partial_dispute_that_is_lost_the_rest_is_refunded_to_whoever_asked_meanwhile() {
    Disputed disputed = dispute(Map.of("amountMinor", 4_000));
    UUID payment = disputed.payment();
    assertThat(
            events
                .await(DisputeOpened.class, event -> event.disputeId().equals(disputed.id()))
                .wholePayment())
        .isFalse();
    UUID refund = Ids.next();
    facts.tell(
        refundRequested(disputed.held(), payment, refund, RefundCause.EVENT_CANCELLED, List.of()));
    await().atMost(EVENTUALLY).until(() -> waiting(refund) == 1);
    assertThat(stripe.refundsOf(disputed.intent())).isEmpty();

    stripe.loseDispute(disputed.stripeId());

    DisputeClosed closed =
        events.await(DisputeClosed.class, event -> event.disputeId().equals(disputed.id()));
    assertThat(closed.outcome()).isEqualTo(DisputeOutcome.LOST);
    assertThat(closed.lost()).isEqualTo(new MoneyAmount(4_000, "CAD"));
    RefundAccepted accepted =
        events.await(RefundAccepted.class, event -> event.refundId().equals(refund));
    assertThat(accepted.amount()).isEqualTo(new MoneyAmount(6_000, "CAD"));
    assertThat(waiting(refund)).isZero();
    awaitSum("refunds", payment, 0);
    assertThat(sum("disputes", payment)).isZero();
    assertThat(sum("held:" + disputed.held().organizationId(), payment)).isZero();
    assertThat(sum("organization:" + disputed.held().organizationId(), payment)).isZero();
    assertThat(sum("platform-fees", payment)).isZero();
  }

  @Test
  void a_refund_that_waited_is_dropped_and_told_when_the_dispute_has_left_nothing() {
    Disputed disputed = dispute(Map.of());
    UUID refund = Ids.next();
    facts.tell(
        refundRequested(
            disputed.held(), disputed.payment(), refund, RefundCause.EVENT_CANCELLED, List.of()));
    await().atMost(EVENTUALLY).until(() -> waiting(refund) == 1);

    stripe.loseDispute(disputed.stripeId());

    events.await(RefundCancelled.class, event -> event.refundId().equals(refund));
    assertThat(waiting(refund)).isZero();
    assertThat(stripe.refundsOf(disputed.intent())).isEmpty();
    assertThat(sum("platform-fees", disputed.payment())).isZero();
  }

  @Test
  void a_dispute_that_is_lost_and_won_the_day_after_leaves_no_trace_but_its_fee() {
    Disputed disputed = dispute(Map.of());
    UUID payment = disputed.payment();
    stripe.loseDispute(disputed.stripeId());
    awaitStatus(disputed, "lost");
    assertThat(sum("disputes", payment)).isZero();
    assertThat(sum("platform-fees", payment)).isZero();

    stripe.winDispute(disputed.stripeId());

    awaitStatus(disputed, "won");
    assertThat(sum("disputes", payment)).isZero();
    assertThat(sum("platform-fees", payment)).isEqualTo(-550);
    assertThat(sum("organization:" + disputed.held().organizationId(), payment)).isEqualTo(-9_450);
    assertThat(sum("dispute-fees", payment)).isEqualTo(1_500);
    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 1_500);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(events.all(DisputeClosed.class))
                .filteredOn(event -> event.disputeId().equals(disputed.id()))
                .extracting(DisputeClosed::outcome)
                .containsExactly(DisputeOutcome.LOST, DisputeOutcome.WON));
  }

  @Test
  void what_a_bank_gives_back_covers_what_was_written_off_of_the_organizations_debt_first() {
    Disputed disputed = dispute(Map.of());
    UUID payment = disputed.payment();
    UUID organization = disputed.held().organizationId();
    stripe.loseDispute(disputed.stripeId());
    awaitStatus(disputed, "lost");
    transaction.executeWithoutResult(
        _ -> noteWrittenOff.handle(organization, Money.of(5_000, "CAD")));

    stripe.winDispute(disputed.stripeId());

    awaitStatus(disputed, "won");
    assertThat(sum("write-offs", payment)).isEqualTo(-5_000);
    assertThat(sum("organization:" + organization, payment)).isEqualTo(-9_450 + 5_000);
    assertThat(sum("disputes", payment)).isZero();
  }

  @Test
  void what_does_not_come_back_of_a_win_is_lost() {
    Disputed disputed = dispute(Map.of());
    stripe.winDispute(disputed.stripeId(), 6_000);
    DisputeClosed closed =
        events.await(DisputeClosed.class, event -> event.disputeId().equals(disputed.id()));
    assertThat(closed.outcome()).isEqualTo(DisputeOutcome.WON);
    assertThat(closed.lost()).isEqualTo(new MoneyAmount(4_000, "CAD"));
    assertThat(sum("disputes", disputed.payment())).isZero();
    assertThat(sum("held:" + disputed.held().organizationId(), disputed.payment())).isZero();
    JsonNode seen = get("/api/v1/payments/" + disputed.payment(), finance()).body();
    assertThat(seen.at("/refundable/amountMinor").asLong()).isEqualTo(6_000);
  }

  @Test
  void an_inquiry_moves_nothing_until_the_bank_takes_the_money() {
    Disputed disputed = dispute(Map.of("inquiry", true));
    assertThat(sum("disputes", disputed.payment())).isZero();
    JsonNode asked = get("/api/v1/disputes/" + disputed.id(), finance(disputed.held())).body();
    assertThat(asked.path("kind").asString()).isEqualTo("inquiry");
    assertThat(asked.path("status").asString()).isEqualTo("warning-needs-response");
    assertThat(asked.at("/atStake/amountMinor").asLong()).isEqualTo(9_450);

    stripe.escalateDispute(disputed.stripeId());

    events.await(DisputeEscalated.class, event -> event.disputeId().equals(disputed.id()));
    assertThat(sum("disputes", disputed.payment())).isEqualTo(10_000);
    assertThat(sum("held:" + disputed.held().organizationId(), disputed.payment()))
        .isEqualTo(-9_450);
  }

  @Test
  void more_than_the_charge_waits_for_a_person_and_another_currency_is_set_aside() {
    Disputed larger = dispute(Map.of("amountMinor", 12_500));
    awaitBreak(larger.stripeId(), "dispute-exceeds-charge");
    assertThat(sum("disputes", larger.payment())).isEqualTo(12_500);
    stripe.loseDispute(larger.stripeId());
    awaitStatus(larger, "lost");
    assertThat(sum("disputes", larger.payment())).isEqualTo(2_500);
    assertThat(openBreaks(larger.stripeId())).containsExactly("dispute-exceeds-charge");

    Disputed foreign = dispute(Map.of("amountMinor", 6_500, "currency", "eur"));
    awaitBreak(foreign.stripeId(), "dispute-in-other-currency");
    assertThat(sum("held:" + foreign.held().organizationId(), foreign.payment())).isEqualTo(-9_450);
    stripe.winDispute(foreign.stripeId());
    awaitStatus(foreign, "won");
    assertThat(sum("held:" + foreign.held().organizationId(), foreign.payment())).isZero();
    assertThat(openBreaks(foreign.stripeId())).isEmpty();
  }

  @Test
  void the_task_about_more_than_the_charge_follows_what_the_bank_gives_back() {
    Disputed larger = dispute(Map.of("amountMinor", 12_500));
    awaitBreak(larger.stripeId(), "dispute-exceeds-charge");

    stripe.winDispute(larger.stripeId(), 1_000);

    awaitStatus(larger, "won");
    assertThat(
            jdbc.sql("SELECT amount_minor FROM ledger_break WHERE stripe_id = :id")
                .param("id", larger.stripeId())
                .query(Long.class)
                .list())
        .containsExactly(1_500L);
    assertThat(sum("disputes", larger.payment())).isEqualTo(1_500);
  }

  @Test
  void a_refund_that_could_not_be_sent_before_a_dispute_gives_way_to_it_when_it_is_lost() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks("charge.dispute.created", "charge.dispute.funds_withdrawn");
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 10_000));
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 3_000));
    events.await(RefundAccepted.class, event -> event.refundId().equals(refund));
    // Stripe refuses while the bank has the money, and the next attempt waits for a day.
    await().atMost(EVENTUALLY).until(() -> attempts(refund) == 2);
    stripe.deliverWebhooks();
    stripe.redeliver("charge.dispute.created", dispute);
    awaitDispute(dispute);
    awaitBreak(dispute, "dispute-exceeds-charge");

    stripe.loseDispute(dispute);

    events.await(RefundCancelled.class, event -> event.refundId().equals(refund));
    awaitSum("disputes", payment, 0);
    assertThat(openBreaks(dispute)).isEmpty();
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
    assertThat(sum("platform-fees", payment)).isZero();
  }

  @Test
  void a_refund_that_comes_back_after_a_lost_dispute_gives_way_to_it() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 6_000));
    events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 10_000));
    awaitDispute(dispute);
    stripe.loseDispute(dispute);
    awaitBreak(dispute, "dispute-exceeds-charge");
    await().atMost(EVENTUALLY).until(() -> isSettled(dispute));

    stripe.failRefund(stripe.refundsOf(intent).getFirst());
    await().atMost(EVENTUALLY).until(() -> hasStatus(refund, "requested"));
    advanceClocks(Duration.ofHours(7));
    askAboutDisputes.handle();

    events.await(RefundCancelled.class, event -> event.refundId().equals(refund));
    awaitSum("disputes", payment, 0);
    assertThat(openBreaks(dispute)).isEmpty();
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
  }

  @Test
  void a_refund_in_the_dashboard_is_found_though_a_later_dispute_is_told_first() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    String made = stripe.refundInDashboard(intent, 6_000);
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 10_000));
    stripe.deliverWebhooks();

    stripe.redeliver("charge.dispute.created", dispute);
    awaitDispute(dispute);
    stripe.redeliver("refund.created", made);
    awaitApplied(made);

    JsonNode seen = get("/api/v1/payments/" + payment, finance(held)).body();
    assertThat(seen.at("/refunded/amountMinor").asLong()).isEqualTo(6_000);
    assertThat(openBreaks(stripe.bookingOf(made))).isEmpty();
    assertThat(sum("disputes", payment)).isEqualTo(10_000);
  }

  @Test
  void a_refund_that_a_dispute_lost_in_another_currency_is_in_the_way_of_asks_a_person_at_last() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks("charge.dispute.created", "charge.dispute.funds_withdrawn");
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 6_500, "currency", "eur"));
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    await().atMost(EVENTUALLY).until(() -> attempts(refund) == 2);
    stripe.deliverWebhooks();
    stripe.redeliver("charge.dispute.created", dispute);
    awaitDispute(dispute);

    stripe.loseDispute(dispute);

    // The end of the dispute sends it, and Stripe refuses as before; the next attempt is the last.
    await().atMost(EVENTUALLY).until(() -> attempts(refund) == 3);
    advanceClocks(Duration.ofDays(1).plusMinutes(1));
    sendDueRefunds.handle();
    RefundFailed told = events.await(RefundFailed.class, event -> event.refundId().equals(refund));
    assertThat(told.retried()).isFalse();
    assertThat(openBreaks("refund:" + refund)).containsExactly("refund-owed");
    assertThat(attempts(refund)).isEqualTo(3);
    assertThat(sum("refunds", payment)).isEqualTo(-10_000);
  }

  @Test
  void a_refund_that_a_dispute_has_ended_gives_way_to_it_also_when_its_loss_is_told_first() {
    Held held = hold("CAD", 9_000_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.letRefundsNeedBalance();
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 5_000_000));
    await().atMost(EVENTUALLY).until(() -> isPending(refund));
    stripe.loseWebhooks();
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 9_000_000));
    stripe.loseDispute(dispute);
    stripe.deliverWebhooks();

    stripe.redeliver("charge.dispute.created", dispute);

    events.await(RefundCancelled.class, event -> event.refundId().equals(refund));
    awaitSum("disputes", payment, 0);
    assertThat(openBreaks(dispute)).isEmpty();
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
  }

  @Test
  void a_refund_that_could_not_be_sent_gives_way_to_what_does_not_come_back_of_a_win() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks("charge.dispute.created", "charge.dispute.funds_withdrawn");
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 10_000));
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 3_000));
    await().atMost(EVENTUALLY).until(() -> attempts(refund) == 2);
    stripe.deliverWebhooks();
    stripe.redeliver("charge.dispute.created", dispute);
    awaitDispute(dispute);
    awaitBreak(dispute, "dispute-exceeds-charge");

    stripe.winDispute(dispute, 1_000);

    // Of 10,000 the buyer keeps 9,000 by the dispute: no more than the rest is owed.
    RefundSucceeded rest =
        events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    assertThat(rest.amount()).isEqualTo(new MoneyAmount(1_000, "CAD"));
    awaitSum("refunds", payment, 0);
    assertThat(sum("disputes", payment)).isZero();
    assertThat(openBreaks(dispute)).isEmpty();
    assertThat(stripe.refundsOf(intent)).hasSize(1);
  }

  @Test
  void what_gave_way_to_a_lost_dispute_is_owed_again_when_the_bank_changes_its_mind() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks("charge.dispute.created", "charge.dispute.funds_withdrawn");
    String dispute = stripe.dispute(intent, Map.of("amountMinor", 9_000));
    UUID sent = Ids.next();
    facts.tell(refundRequested(held, payment, sent, 3_000));
    await().atMost(EVENTUALLY).until(() -> attempts(sent) == 2);
    stripe.deliverWebhooks();
    stripe.redeliver("charge.dispute.created", dispute);
    awaitDispute(dispute);
    UUID waited = Ids.next();
    facts.tell(refundRequested(held, payment, waited, 4_000));
    await().atMost(EVENTUALLY).until(() -> waiting(waited) == 1);
    stripe.loseDispute(dispute);
    // Of the first 1,000 are left, and nothing of the second.
    events.await(RefundCancelled.class, event -> event.refundId().equals(waited));
    events.await(
        RefundSucceeded.class,
        event -> event.refundId().equals(sent) && event.amount().amountMinor() == 1_000);

    stripe.winDispute(dispute);

    for (long owedAgain : List.of(2_000L, 4_000L)) {
      RefundSucceeded again =
          events.await(
              RefundSucceeded.class,
              event ->
                  event.paymentId().equals(payment) && event.amount().amountMinor() == owedAgain);
      assertThat(again.cause()).isEqualTo(RefundCause.PAYMENT_TOO_LATE);
    }
    assertThat(stripe.refundsOf(intent)).hasSize(3);
    awaitSum("refunds", payment, 0);
    assertThat(sum("disputes", payment)).isZero();
  }

  @Test
  void what_is_asked_for_only_after_a_dispute_was_lost_is_owed_when_the_bank_changes_its_mind() {
    Disputed disputed = dispute(Map.of());
    UUID payment = disputed.payment();
    stripe.loseDispute(disputed.stripeId());
    awaitStatus(disputed, "lost");
    UUID asked = Ids.next();
    facts.tell(refundRequested(disputed.held(), payment, asked, 4_000));
    events.await(RefundCancelled.class, event -> event.refundId().equals(asked));
    assertThat(waitingOf(payment)).isEqualTo(1);

    stripe.winDispute(disputed.stripeId());

    RefundSucceeded again =
        events.await(RefundSucceeded.class, event -> event.paymentId().equals(payment));
    assertThat(again.amount()).isEqualTo(new MoneyAmount(4_000, "CAD"));
    assertThat(again.cause()).isEqualTo(RefundCause.PAYMENT_TOO_LATE);
    assertThat(stripe.refundsOf(disputed.intent())).hasSize(1);
    assertThat(waitingOf(payment)).isZero();
    awaitSum("refunds", payment, 0);
  }

  @Test
  void of_all_that_was_asked_for_nothing_waits_any_more_when_all_has_come_back() {
    Disputed disputed = dispute(Map.of("amountMinor", 4_000));
    UUID payment = disputed.payment();
    stripe.loseDispute(disputed.stripeId());
    awaitStatus(disputed, "lost");
    UUID asked = Ids.next();
    facts.tell(
        refundRequested(disputed.held(), payment, asked, RefundCause.EVENT_CANCELLED, List.of()));
    events.await(RefundSucceeded.class, event -> event.refundId().equals(asked));
    assertThat(waitingOf(payment)).isEqualTo(1);

    stripe.winDispute(disputed.stripeId());

    events.await(
        RefundSucceeded.class,
        event -> event.paymentId().equals(payment) && event.amount().amountMinor() == 4_000);
    assertThat(waitingOf(payment)).isZero();
    assertThat(stripe.refundsOf(disputed.intent())).hasSize(2);
  }

  @Test
  void a_refund_that_a_dispute_was_in_the_way_of_is_sent_when_it_is_won() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks("charge.dispute.created", "charge.dispute.funds_withdrawn");
    String dispute = stripe.dispute(intent);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 3_000));
    await().atMost(EVENTUALLY).until(() -> attempts(refund) == 2);
    stripe.deliverWebhooks();
    stripe.redeliver("charge.dispute.created", dispute);
    awaitDispute(dispute);

    stripe.winDispute(dispute);

    events.await(RefundSucceeded.class, event -> event.refundId().equals(refund));
    assertThat(stripe.refundsOf(intent)).hasSize(1);
    awaitSum("refunds", payment, 0);
  }

  @Test
  void a_dispute_of_which_no_message_came_is_found_in_stripes_balance() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks("charge.dispute.created", "charge.dispute.funds_withdrawn");
    String dispute = stripe.dispute(intent);
    advanceClocks(Duration.ofMinutes(3));

    followBalance.handle();

    assertThat(awaitDispute(dispute)).isNotNull();
    assertThat(sum("disputes", payment)).isEqualTo(10_000);
    assertThat(openBreaks(dispute)).isEmpty();
  }

  @Test
  void the_dispute_of_a_charge_that_is_nobodys_goes_to_suspense() {
    String intent = stripe.receive(5_000, "cad", Map.of());
    stripe.settlementOf(intent);
    String dispute = stripe.dispute(intent);
    String withdrawal =
        stripe.show("disputes/" + dispute).at("/balance_transactions/0/id").asString();
    awaitBreak(withdrawal, "unknown-dispute");
  }

  @Test
  void
      a_second_capture_whose_dispute_is_lost_is_not_refunded_as_well_unless_the_bank_changes_its_mind() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    stripe.loseWebhooks("charge.dispute.created", "charge.dispute.funds_withdrawn");
    String again = stripe.receive(10_000, "cad", Map.of("paymentId", payment.toString()));
    String dispute = stripe.dispute(again);
    RefundAccepted accepted =
        events.await(RefundAccepted.class, event -> event.paymentId().equals(payment));
    assertThat(accepted.cause()).isEqualTo(RefundCause.PAID_TWICE);
    stripe.deliverWebhooks();
    stripe.redeliver("charge.dispute.created", dispute);
    awaitBreak(movement(dispute, 0), "unknown-dispute");

    stripe.loseDispute(dispute);

    events.await(RefundCancelled.class, event -> event.refundId().equals(accepted.refundId()));
    awaitApplied(dispute);
    assertThat(openBreaks(movement(dispute, 0))).isEmpty();
    assertThat(openBreaks(stripe.chargeOf(again))).isEmpty();
    assertThat(stripe.refundsOf(again)).isEmpty();
    assertThat(sum("refunds", payment)).isZero();

    stripe.winDispute(dispute);

    RefundSucceeded returned =
        events.await(RefundSucceeded.class, event -> event.paymentId().equals(payment));
    assertThat(returned.amount()).isEqualTo(new MoneyAmount(10_000, "CAD"));
    assertThat(returned.cause()).isEqualTo(RefundCause.PAID_TWICE);
    awaitSum("refunds", payment, 0);
    assertThat(sum("suspense", payment)).isZero();
    assertThat(openBreaks(movement(dispute, 1))).isEmpty();
    assertThat(stripe.refundsOf(again)).hasSize(1);
  }

  private String movement(String dispute, int number) {
    return stripe
        .show("disputes/" + dispute)
        .at("/balance_transactions/" + number + "/id")
        .asString();
  }

  @Test
  void evidence_is_drafted_with_files_and_submitted_once() {
    Disputed disputed = dispute(Map.of());
    String path = "/api/v1/disputes/" + disputed.id();
    String finance = finance(disputed.held());
    Answer uploaded = upload(disputed, finance, "receipt", PDF).expect(201);
    UUID file = uploaded.id();
    JsonNode listed = get(uploaded.header("Location"), finance).expect(200).body();
    assertThat(listed.at("/evidence/files/0/id").asString()).isEqualTo(file.toString());

    assertThat(
            post(
                    path + "/evidence",
                    finance,
                    """
                    {"fields": {"customerEmailAddress": "a@b"}, "fileIds": [null], "submit": false}
                    """)
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("fields.customerEmailAddress: wrong-format", "fileIds[0]: required");
    JsonNode addressed =
        post(
                path + "/evidence",
                finance,
                """
                {"fields": {"customerEmailAddress": " Ada@Example.ORG "}, "submit": false}
                """)
            .expect(200)
            .body();
    assertThat(addressed.at("/evidence/fields/customerEmailAddress").asString())
        .isEqualTo("ada@example.org");
    JsonNode cleared =
        post(
                path + "/evidence",
                finance,
                """
                {"fields": {"customerEmailAddress": ""}, "submit": false}
                """)
            .expect(200)
            .body();
    assertThat(cleared.at("/evidence/fields").has("customerEmailAddress")).isFalse();
    JsonNode draft =
        post(
                path + "/evidence",
                finance,
                """
                {"fields": {"productDescription": "A course", "customerName": "Ada"},
                 "fileIds": ["%s"], "submit": false}
                """
                    .formatted(file))
            .expect(200)
            .body();
    assertThat(draft.path("status").asString()).isEqualTo("needs-response");
    assertThat(draft.at("/evidence/fields/customerName").asString()).isEqualTo("Ada");
    assertThat(draft.at("/evidence/fileIds/0").asString()).isEqualTo(file.toString());
    assertThat(draft.at("/evidence/submittedAt").isNull()).isTrue();
    JsonNode atStripe = stripe.show("disputes/" + disputed.stripeId());
    assertThat(atStripe.at("/evidence/product_description").asString()).isEqualTo("A course");
    assertThat(atStripe.at("/evidence/receipt").asString()).startsWith("file_");
    assertThat(atStripe.at("/evidence_details/submission_count").asInt()).isZero();

    String submission = "{\"fields\": {\"customerName\": \"\"}, \"submit\": true}";
    post(path + "/evidence", finance, submission).refused(400, "idempotency-key-required");
    String key = Ids.next().toString();
    JsonNode submitted =
        api.as(finance).withKey(key).post(path + "/evidence", submission).expect(200).body();
    assertThat(submitted.path("status").asString()).isEqualTo("under-review");
    assertThat(submitted.at("/evidence/submittedAt").asString()).isNotEmpty();
    assertThat(submitted.at("/evidence/fields/customerName").isMissingNode()).isTrue();
    assertThat(
            stripe.show("disputes/" + disputed.stripeId()).at("/evidence/customer_name").isNull())
        .isTrue();

    Answer again = api.as(finance).withKey(key).post(path + "/evidence", submission);
    assertThat(again.status()).isEqualTo(200);
    api.as(finance)
        .withKey(Ids.next().toString())
        .post(path + "/evidence", submission)
        .refused(409, "already-submitted");
    api.as(finance)
        .withKey(Ids.next().toString())
        .post(path + "/acceptance")
        .refused(409, "already-submitted");
    upload(disputed, finance, "receipt", PDF).refused(409, "already-submitted");
    assertThat(
            stripe
                .show("disputes/" + disputed.stripeId())
                .at("/evidence_details/submission_count")
                .asInt())
        .isEqualTo(1);

    stripe.winDispute(disputed.stripeId());
    awaitStatus(disputed, "won");
    api.as(finance)
        .withKey(Ids.next().toString())
        .post(path + "/evidence", submission)
        .refused(409, "dispute-closed");
  }

  @Test
  void an_answer_of_stripe_that_is_lost_is_repeated_under_the_same_key() {
    Disputed disputed = dispute(Map.of());
    String finance = finance(disputed.held());
    String path = "/api/v1/disputes/" + disputed.id() + "/evidence";
    String submission = "{\"fields\": {\"productDescription\": \"A course\"}, \"submit\": true}";
    String key = Ids.next().toString();
    // The client of HTTP repeats a request once by itself.
    stripe.loseAnswers("POST", "/v1/disputes/" + disputed.stripeId(), 2);
    api.as(finance).withKey(key).post(path, submission).refused(503, "stripe-unavailable");

    JsonNode again = api.as(finance).withKey(key).post(path, submission).expect(200).body();

    assertThat(again.path("status").asString()).isEqualTo("under-review");
    assertThat(
            stripe
                .show("disputes/" + disputed.stripeId())
                .at("/evidence_details/submission_count")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void an_organization_gives_in_once() {
    Disputed disputed = dispute(Map.of());
    String finance = finance(disputed.held());
    String path = "/api/v1/disputes/" + disputed.id() + "/acceptance";
    api.as(finance).post(path).refused(400, "idempotency-key-required");
    api.as(
            TestTokens.token()
                .organization(disputed.held().organizationId(), "finance")
                .proved(Instant.now().minusSeconds(301))
                .bearer())
        .withKey(Ids.next().toString())
        .post(path)
        .refused(403, "step-up-required");

    JsonNode accepted =
        api.as(finance).withKey(Ids.next().toString()).post(path).expect(200).body();

    assertThat(accepted.path("status").asString()).isEqualTo("lost");
    assertThat(accepted.path("closedAt").asString()).isNotEmpty();
    assertThat(accepted.at("/atStake/amountMinor").asLong()).isZero();
    api.as(finance).withKey(Ids.next().toString()).post(path).refused(409, "dispute-closed");
    events.await(DisputeClosed.class, event -> event.disputeId().equals(disputed.id()));
  }

  @Test
  void files_are_judged_by_their_content_and_size() {
    Disputed disputed = dispute(Map.of());
    String finance = finance(disputed.held());
    Answer text = upload(disputed, finance, "receipt", "text".getBytes(StandardCharsets.US_ASCII));
    assertThat(text.refused(400, "invalid-request").fieldErrors())
        .containsExactly("file: wrong-format");
    assertThat(
            upload(disputed, finance, "invoice", new byte[0])
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactlyInAnyOrder("file: required", "purpose: wrong-type");
    String twice =
        "receipt\r\n--%s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nreceipt"
            .formatted(BOUNDARY);
    assertThat(upload(disputed, finance, twice, PDF).refused(400, "invalid-request").fieldErrors())
        .containsExactly("purpose: given-twice");
    upload(disputed, finance, twice.replace("name=\"purpose", "name=\"other"), PDF)
        .refused(400, "unknown-field");
    byte[] large = new byte[5 * 1024 * 1024 + 1];
    System.arraycopy(PDF, 0, large, 0, PDF.length);
    assertThat(
            upload(disputed, finance, "receipt", large)
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("file: too-large");
    upload(disputed, finance, "receipt", new byte[7 * 1024 * 1024]).refused(413, "body-too-large");
    byte[] largest = new byte[5 * 1024 * 1024];
    System.arraycopy(PDF, 0, largest, 0, PDF.length);
    upload(disputed, finance, "uncategorized-file", largest).expect(201);

    // The same form is the same request, whatever separates its parts.
    String key = Ids.next().toString();
    UUID first = upload(disputed, finance, "refund-policy", PDF, key, BOUNDARY).expect(201).id();
    UUID again = upload(disputed, finance, "refund-policy", PDF, key, "others").expect(201).id();
    assertThat(again).isEqualTo(first);
    upload(disputed, finance, "receipt", PDF, key, BOUNDARY).refused(422, "idempotency-key-reused");
  }

  @Test
  void what_stripe_refuses_is_refused_by_its_code() {
    Disputed disputed = dispute(Map.of());
    String finance = finance(disputed.held());
    String path = "/api/v1/disputes/" + disputed.id();
    String draft = "{\"fields\": {\"productDescription\": \"A course\"}, \"submit\": false}";
    connection.failNext("POST /v1/disputes/" + disputed.stripeId(), Failure.REFUSAL);
    post(path + "/evidence", finance, draft).refused(409, "evidence-refused");
    connection.failNext("POST /v1/files", Failure.REFUSAL);
    upload(disputed, finance, "receipt", PDF).refused(409, "file-refused");
    connection.failNext("POST /v1/disputes/" + disputed.stripeId() + "/close", Failure.REFUSAL);
    api.as(finance)
        .withKey(Ids.next().toString())
        .post(path + "/acceptance")
        .refused(409, "acceptance-refused");
  }

  @Test
  void a_dispute_has_fifty_files_at_most() {
    Disputed disputed = dispute(Map.of());
    jdbc.sql(
            """
            INSERT INTO dispute_file
                (id, dispute_id, purpose, stripe_file_id, size_bytes, uploaded_by, uploaded_at)
            SELECT uuidv7(), :dispute, 'RECEIPT', 'file_' || uuidv7(), 1, :dispute, now()
            FROM generate_series(1, 50)
            """)
        .param("dispute", disputed.id())
        .update();

    upload(disputed, finance(disputed.held()), "receipt", PDF).refused(409, "too-many-files");
  }

  @Test
  void disputes_are_listed_as_cases_for_those_who_may_see_them() {
    Disputed disputed = dispute(Map.of("reason", "duplicate"));
    UUID organization = disputed.held().organizationId();
    String list = "/api/v1/organizations/" + organization + "/disputes";
    JsonNode listed = get(list, finance(disputed.held())).expect(200).body().path("data");
    assertThat(listed).hasSize(1);
    JsonNode each = listed.get(0);
    assertThat(each.path("id").asString()).isEqualTo(disputed.id().toString());
    assertThat(each.path("paymentId").asString()).isEqualTo(disputed.payment().toString());
    assertThat(each.path("registrationId").asString())
        .isEqualTo(disputed.held().registrationId().toString());
    assertThat(each.path("status").asString()).isEqualTo("needs-response");
    assertThat(each.path("kind").asString()).isEqualTo("chargeback");
    assertThat(each.path("reason").asString()).isEqualTo("duplicate");
    assertThat(each.at("/amount/amountMinor").asLong()).isEqualTo(10_000);
    assertThat(each.at("/atStake/amountMinor").asLong()).isEqualTo(9_450);
    assertThat(each.path("dueBy").asString()).isNotEmpty();
    assertThat(each.path("closedAt").isNull()).isTrue();

    for (String query :
        List.of(
            "?status=needs-response",
            "?kind=chargeback",
            "?eventId=" + disputed.held().eventId(),
            "?from=" + clock.instant().minusSeconds(600))) {
      assertThat(get(list + query, finance(disputed.held())).body().path("data"))
          .as(query)
          .hasSize(1);
    }
    for (String query :
        List.of(
            "?status=won",
            "?kind=inquiry",
            "?eventId=" + Ids.next(),
            "?to=" + clock.instant().minusSeconds(600))) {
      assertThat(get(list + query, finance(disputed.held())).body().path("data"))
          .as(query)
          .isEmpty();
    }

    get(list + "?from=%2B999999999-01-01T00:00:00Z", finance(disputed.held()))
        .refused(400, "invalid-request");

    String one = "/api/v1/disputes/" + disputed.id();
    assertThat(get(one, null).status()).isEqualTo(401);
    get(one, TestTokens.bearer(disputed.held().accountId())).refused(404, "dispute-not-found");
    get(one, member(Ids.next(), "owner")).refused(404, "dispute-not-found");
    get(one, member(organization, "staff")).refused(403, "role-missing");
    get(list, member(Ids.next(), "owner")).refused(404, "organization-not-found");
    get(list, member(organization, "staff")).refused(403, "role-missing");
    for (String role : List.of("owner", "admin", "finance")) {
      assertThat(get(one, member(organization, role)).status()).isEqualTo(200);
    }
    String support = TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of());
    assertThat(get(one, support).status()).isEqualTo(200);
    post(one + "/evidence", support, "{\"submit\": false}").refused(404, "dispute-not-found");
    post(one + "/evidence", member(organization, "staff"), "{\"submit\": false}")
        .refused(403, "role-missing");
    upload(disputed, member(organization, "staff"), "receipt", PDF).refused(403, "role-missing");
  }

  @Test
  void people_are_reminded_before_the_time_for_evidence_ends() {
    Disputed disputed = dispute(Map.of("dueInDays", 7));
    advanceClocks(Duration.ofDays(5));
    tellDeadlines.handle();
    DisputeDeadlineNear first =
        events.await(DisputeDeadlineNear.class, event -> event.disputeId().equals(disputed.id()));
    assertThat(first.hoursLeft()).isEqualTo(72);
    assertThat(first.dueBy()).isAfter(clock.instant());

    advanceClocks(Duration.ofDays(2));
    tellDeadlines.handle();
    tellDeadlines.handle();
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(events.all(DisputeDeadlineNear.class))
                .filteredOn(event -> event.disputeId().equals(disputed.id()))
                .extracting(DisputeDeadlineNear::hoursLeft)
                .containsExactly(72, 24));
  }

  @Test
  void a_dispute_that_cannot_be_answered_says_so_and_reminds_nobody() {
    Disputed disputed = dispute(Map.of("respondable", false));
    JsonNode seen = get("/api/v1/disputes/" + disputed.id(), finance(disputed.held())).body();
    assertThat(seen.path("dueBy").isNull()).isTrue();
    post(
            "/api/v1/disputes/" + disputed.id() + "/evidence",
            finance(disputed.held()),
            "{\"fields\": {\"productDescription\": \"A course\"}, \"submit\": false}")
        .refused(409, "no-response-allowed");
  }

  @Test
  void a_dispute_that_was_prevented_is_told_by_its_end() {
    Disputed disputed = dispute(Map.of("prevented", true));
    DisputeClosed closed =
        events.await(DisputeClosed.class, event -> event.disputeId().equals(disputed.id()));
    assertThat(closed.outcome()).isEqualTo(DisputeOutcome.PREVENTED);
    assertThat(closed.lost().amountMinor()).isZero();
    assertThat(sum("disputes", disputed.payment())).isZero();
  }

  @Test
  void a_fraud_warning_is_shown_to_the_organization_and_told_once() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String warning = stripe.warnOfFraud(intent);
    awaitWarning(payment);
    awaitApplied(warning);
    JsonNode seen = get("/api/v1/payments/" + payment, finance(held)).body();
    assertThat(seen.at("/fraudWarnings/0/fraudType").asString()).isNotEmpty();
    assertThat(seen.at("/fraudWarnings/0/refundId").isMissingNode()).isTrue();
    JsonNode bought =
        get("/api/v1/payments/" + payment, TestTokens.bearer(held.accountId())).body();
    assertThat(bought.path("fraudWarnings").isMissingNode()).isTrue();
    assertThat(stripe.refundsOf(intent)).isEmpty();
  }

  @Test
  void a_fraud_warning_of_money_that_no_payment_wanted_is_shown_at_its_payment() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String again = stripe.receive(10_000, "cad", Map.of("paymentId", payment.toString()));

    awaitApplied(stripe.warnOfFraud(again));

    awaitWarning(payment);
    JsonNode seen = get("/api/v1/payments/" + payment, finance(held)).body();
    assertThat(seen.at("/fraudWarnings/0/refundId").isMissingNode()).isTrue();
    assertThat(events.all(FraudWarningReceived.class))
        .as("it goes back by itself")
        .noneMatch(event -> event.paymentId().equals(payment));
  }

  private void awaitWarning(UUID payment) {
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT count(*) FROM fraud_warning WHERE payment_id = :payment")
                    .param("payment", payment)
                    .query(Long.class)
                    .single()
                == 1);
  }

  private Disputed dispute(Map<String, Object> wanted) {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String stripeId = stripe.dispute(intent, wanted);
    UUID id = awaitDispute(stripeId);
    awaitApplied(stripeId);
    return new Disputed(held, payment, intent, stripeId, id);
  }

  private UUID awaitDispute(String stripeId) {
    return await()
        .atMost(EVENTUALLY)
        .until(
            () ->
                jdbc.sql("SELECT id FROM dispute WHERE stripe_dispute_id = :id")
                    .param("id", stripeId)
                    .query(UUID.class)
                    .list(),
            ids -> ids.size() == 1)
        .getFirst();
  }

  private void awaitStatus(Disputed disputed, String status) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(
                    get("/api/v1/disputes/" + disputed.id(), finance(disputed.held()))
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo(status));
  }

  private boolean isPending(UUID refund) {
    return hasStatus(refund, "pending");
  }

  private boolean isSettled(String stripeDisputeId) {
    return jdbc.sql("SELECT settled FROM dispute WHERE stripe_dispute_id = :id")
        .param("id", stripeDisputeId)
        .query(Boolean.class)
        .single();
  }

  private boolean hasStatus(UUID refund, String status) {
    return jdbc.sql("SELECT status = :status FROM refund WHERE id = :refund")
        .param("refund", refund)
        .param("status", status)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  private long attempts(UUID refund) {
    return jdbc.sql("SELECT count(*) FROM refund_attempt WHERE refund_id = :refund")
        .param("refund", refund)
        .query(Long.class)
        .single();
  }

  private long waiting(UUID refund) {
    return jdbc.sql("SELECT count(*) FROM refund_request_waiting WHERE refund_id = :refund")
        .param("refund", refund)
        .query(Long.class)
        .single();
  }

  private long waitingOf(UUID payment) {
    return jdbc.sql("SELECT count(*) FROM refund_request_waiting WHERE payment_id = :payment")
        .param("payment", payment)
        .query(Long.class)
        .single();
  }

  private static String finance(Held held) {
    return member(held.organizationId(), "finance");
  }

  private static String member(UUID organization, String role) {
    return TestTokens.bearer(Ids.next(), Set.of(), Map.of(organization, role));
  }

  private Answer upload(Disputed disputed, String bearer, String purpose, byte[] content) {
    return upload(disputed, bearer, purpose, content, Ids.next().toString(), BOUNDARY);
  }

  private Answer upload(
      Disputed disputed,
      String bearer,
      String purpose,
      byte[] content,
      String key,
      String boundary) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        """
        --%1$s\r
        Content-Disposition: form-data; name="purpose"\r
        \r
        %2$s\r
        --%1$s\r
        Content-Disposition: form-data; name="file"; filename="evidence"\r
        Content-Type: application/octet-stream\r
        \r
        """
            .formatted(boundary, purpose)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
    return api.as(bearer)
        .withKey(key)
        .with("Content-Type", "multipart/form-data; boundary=" + boundary)
        .post("/api/v1/disputes/" + disputed.id() + "/files", body.toByteArray());
  }
}
