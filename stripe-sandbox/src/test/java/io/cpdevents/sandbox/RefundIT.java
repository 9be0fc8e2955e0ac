package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Refund;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundRetrieveParams;
import com.stripe.param.RefundUpdateParams;
import io.cpdevents.platform.test.AtOnce;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RefundIT extends RunningSandbox {

  @Test
  void a_full_refund_gives_everything_back_and_leaves_the_fee_with_stripe() throws Exception {
    Charge charge = paidCharge(12_550, PAYS);

    Refund refund =
        client()
            .v1()
            .refunds()
            .create(
                RefundCreateParams.builder()
                    .setPaymentIntent(charge.getPaymentIntent())
                    .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                    .putMetadata("refundId", "refund-1")
                    .build());

    assertThat(refund.getAmount()).isEqualTo(12_550);
    assertThat(refund.getStatus()).isEqualTo("succeeded");
    assertThat(refund.getMetadata()).containsEntry("refundId", "refund-1");
    Charge now = client().v1().charges().retrieve(charge.getId());
    assertThat(now.getRefunded()).isTrue();
    assertThat(now.getAmountRefunded()).isEqualTo(12_550);
    BalanceTransaction transaction =
        client().v1().balanceTransactions().retrieve(refund.getBalanceTransaction());
    assertThat(transaction.getNet()).isEqualTo(-12_550);
    assertThat(transaction.getType()).isEqualTo("refund");
    assertThat(onlyBalance().get("total").longValue()).isEqualTo(-394);
    assertSumsAgree();
    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events("charge.refunded").isEmpty());
    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events("refund.created").isEmpty());
  }

  @Test
  void parts_may_be_refunded_until_nothing_is_left() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    refund(charge, 400L);
    refund(charge, 300L);

    assertThatThrownBy(() -> refund(charge, 301L))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getParam()).isEqualTo("amount"));
    refund(charge, null);
    assertThatThrownBy(() -> refund(charge, 1L))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("charge_already_refunded"));
    assertThat(
            client()
                .v1()
                .refunds()
                .list(RefundListParams.builder().setCharge(charge.getId()).build())
                .getData())
        .extracting(Refund::getAmount)
        .containsExactly(300L, 300L, 400L);
    assertSumsAgree();
  }

  @Test
  void a_refund_to_some_cards_fails_later_and_the_money_comes_back() throws Exception {
    Charge charge = paidCharge(1_000, "4000000000005126");
    Refund refund = refund(charge, null);
    assertThat(refund.getStatus()).isEqualTo("succeeded");

    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> client().v1().refunds().retrieve(refund.getId()).getStatus().equals("failed"));

    Refund failed = client().v1().refunds().retrieve(refund.getId());
    assertThat(failed.getFailureReason()).isEqualTo("expired_or_canceled_card");
    BalanceTransaction back =
        client().v1().balanceTransactions().retrieve(failed.getFailureBalanceTransaction());
    assertThat(back.getType()).isEqualTo("refund_failure");
    assertThat(back.getNet()).isEqualTo(1_000);
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded()).isZero();
    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events("refund.failed").isEmpty());
    assertThat(
            client()
                .v1()
                .balanceTransactions()
                .list(BalanceTransactionListParams.builder().setSource(refund.getId()).build())
                .getData())
        .extracting(BalanceTransaction::getType)
        .containsExactly("refund_failure", "refund");
    assertSumsAgree();
  }

  @Test
  void a_refund_may_be_pending_first() throws Exception {
    Charge charge = paidCharge(1_000, "4000000000007726");
    Refund refund = refund(charge, null);
    assertThat(refund.getStatus()).isEqualTo("pending");
    assertThat(refund.getPendingReason()).isEqualTo("processing");

    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events("refund.updated").isEmpty());

    assertThat(client().v1().refunds().retrieve(refund.getId()).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void the_dashboard_refunds_without_our_metadata_and_a_lever_fails_any_refund() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);

    JsonNode refund =
        lever(
                "POST",
                "refunds",
                "{\"chargeId\": \"%s\", \"amountMinor\": 250}".formatted(charge.getId()))
            .json();
    String id = refund.get("id").asString();
    JsonNode failed =
        lever("POST", "refunds/" + id + "/failure", "{\"reason\": \"lost_or_stolen_card\"}").json();

    assertThat(refund.get("metadata").isEmpty()).isTrue();
    assertThat(failed.get("failure_reason").asString()).isEqualTo("lost_or_stolen_card");
    assertThat(lever("POST", "refunds/" + id + "/failure", "").status()).isEqualTo(400);
    assertThat(lever("POST", "refunds/" + id + "/failure", "{\"reason\": \"bad_mood\"}").status())
        .isEqualTo(400);
    assertSumsAgree();
  }

  @Test
  void a_refund_has_events_when_it_is_created_and_when_the_network_has_a_reference()
      throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    RECEIVER.forget();
    Refund refund = refund(charge, 400L);
    assertThat(refund.getDestinationDetails().getCard().getReferenceStatus()).isEqualTo("pending");

    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("charge.refund.updated"));

    assertThat(refundEvents())
        .containsExactlyInAnyOrder(
            "refund.created", "charge.refunded", "refund.updated", "charge.refund.updated");
    Refund now = client().v1().refunds().retrieve(refund.getId());
    assertThat(now.getDestinationDetails().getCard().getReferenceStatus()).isEqualTo("available");
    assertThat(now.getDestinationDetails().getCard().getReference()).hasSize(23);
  }

  @Test
  void metadata_and_failures_are_in_the_events_of_refunds_and_of_charges() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    Refund refund = refund(charge, null);
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("charge.refund.updated"));
    RECEIVER.forget();

    client()
        .v1()
        .refunds()
        .update(
            refund.getId(), RefundUpdateParams.builder().putMetadata("refundId", "r-1").build());
    await().atMost(MAX_WAIT_TIME).until(() -> refundEvents().size() == 2);
    lever("POST", "refunds/" + refund.getId() + "/failure", "");

    await().atMost(MAX_WAIT_TIME).until(() -> refundEvents().size() == 5);
    assertThat(refundEvents())
        .containsExactlyInAnyOrder(
            "refund.updated",
            "charge.refund.updated",
            "refund.failed",
            "refund.updated",
            "charge.refund.updated");
    Refund failed = client().v1().refunds().retrieve(refund.getId());
    assertThat(failed.getMetadata()).containsEntry("refundId", "r-1");
    assertThat(failed.getFailureBalanceTransaction()).startsWith("txn_");
  }

  private static List<String> refundEvents() {
    return RECEIVER.types().stream().filter(type -> type.contains("refund")).toList();
  }

  @Test
  void a_refund_is_pending_until_the_balance_is_large_enough() throws Exception {
    lever("PUT", "settings", "{\"refundsNeedBalance\": true}");
    Charge first = paidCharge(1_000, PAYS);
    Charge second = paidCharge(5_000, PAYS);

    Refund small = refund(first, null);
    Refund large = refund(second, null);

    assertThat(small.getStatus()).isEqualTo("pending");
    assertThat(small.getPendingReason()).isEqualTo("insufficient_funds");
    assertThat(small.getBalanceTransaction()).isNull();
    assertThat(client().v1().charges().retrieve(first.getId()).getAmountRefunded())
        .isEqualTo(1_000);
    assertSumsAgree();
    lever("POST", "clock/advance", "{\"seconds\": 172800}");

    await().atMost(MAX_WAIT_TIME).until(() -> status(small).equals("succeeded"));
    // The balance is 59.11 less 10.00, which is less than 50.00.
    assertThat(client().v1().refunds().retrieve(small.getId()).getPendingReason()).isNull();
    assertThat(client().v1().refunds().retrieve(small.getId()).getBalanceTransaction())
        .startsWith("txn_");
    assertThat(status(large)).isEqualTo("pending");
    assertThat(onlyBalance().get("available").longValue()).isEqualTo(941 + 4_825 - 1_000);
    assertSumsAgree();
    pay(createSession(10_000), "4000000000000077");
    await().atMost(MAX_WAIT_TIME).until(() -> status(large).equals("succeeded"));
    assertSumsAgree();
  }

  @Test
  void a_card_that_sends_refunds_back_does_so_after_one_has_waited_for_the_balance()
      throws Exception {
    lever("PUT", "settings", "{\"refundsNeedBalance\": true}");
    paidCharge(5_000, PAYS);
    Refund refund = refund(paidCharge(1_000, "4000000000005126"), null);
    assertThat(refund.getPendingReason()).isEqualTo("insufficient_funds");

    lever("POST", "clock/advance", "{\"seconds\": 172800}");

    await().atMost(MAX_WAIT_TIME).until(() -> status(refund).equals("failed"));
    Refund failed = client().v1().refunds().retrieve(refund.getId());
    assertThat(failed.getFailureReason()).isEqualTo("expired_or_canceled_card");
    assertThat(failed.getBalanceTransaction()).startsWith("txn_");
    assertThat(failed.getFailureBalanceTransaction()).startsWith("txn_");
    assertSumsAgree();
  }

  @Test
  void a_refund_is_pending_while_stripe_keeps_the_balance_as_a_reserve() throws Exception {
    lever("PUT", "settings", "{\"refundsNeedBalance\": true, \"reservedMinor\": 4000}");
    Charge charge = paidCharge(5_000, "4000000000000077");

    // 48.25 are available, and 40.00 of them have to stay.
    Refund small = refund(charge, 825L);
    Refund large = refund(charge, 826L);

    assertThat(small.getStatus()).isEqualTo("succeeded");
    assertThat(large.getStatus()).isEqualTo("pending");
    lever("PUT", "settings", "{}");
    await().atMost(MAX_WAIT_TIME).until(() -> status(large).equals("succeeded"));
    assertSumsAgree();
  }

  @Test
  void two_concurrent_refunds_do_not_use_the_same_balance() throws Exception {
    Charge first = paidCharge(5_000, "4000000000000077");
    Charge second = paidCharge(5_000, PAYS);
    lever("PUT", "settings", "{\"refundsNeedBalance\": true}");

    assertThat(
            AtOnce.<String>all(
                List.of(
                    () -> refund(first, 4_000L).getStatus(),
                    () -> refund(second, 4_000L).getStatus())))
        .containsExactlyInAnyOrder("succeeded", "pending");
    assertSumsAgree();
  }

  @Test
  void a_pending_refund_that_fails_does_not_change_the_balance() throws Exception {
    lever("PUT", "settings", "{\"refundsNeedBalance\": true}");
    Charge charge = paidCharge(1_000, PAYS);
    Refund refund = refund(charge, null);

    lever("POST", "refunds/" + refund.getId() + "/failure", "{\"reason\": \"declined\"}");

    Refund failed = client().v1().refunds().retrieve(refund.getId());
    assertThat(failed.getStatus()).isEqualTo("failed");
    assertThat(failed.getFailureBalanceTransaction()).isNull();
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded()).isZero();
    assertSumsAgree();
  }

  @Test
  void only_a_refund_that_waits_for_the_customer_can_be_canceled() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    Refund done = refund(charge, 100L);
    assertThatThrownBy(() -> client().v1().refunds().cancel(done.getId()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Canceling this refund is unsupported.");
    lever("PUT", "settings", "{\"refundsNeedAction\": true}");

    Refund waiting = refundWithInstructions(charge, 300);
    assertThat(waiting.getStatus()).isEqualTo("requires_action");
    assertThat(waiting.getInstructionsEmail()).isEqualTo("ann@example.org");
    assertThat(waiting.getNextAction().getDisplayDetails().getEmailSent().getEmailSentTo())
        .isEqualTo("ann@example.org");
    Refund canceled = client().v1().refunds().cancel(waiting.getId());

    assertThat(canceled.getStatus()).isEqualTo("canceled");
    assertThat(canceled.getFailureBalanceTransaction()).startsWith("txn_");
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded()).isEqualTo(100);
    assertSumsAgree();
  }

  @Test
  void the_dashboard_cancels_a_refund_to_a_card_that_has_succeeded() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    Refund done = refund(charge, 300L);
    assertThat(done.getStatus()).isEqualTo("succeeded");

    lever("POST", "refunds/" + done.getId() + "/cancellation", "");

    Refund canceled = client().v1().refunds().retrieve(done.getId());
    assertThat(canceled.getStatus()).isEqualTo("canceled");
    assertThat(canceled.getFailureReason()).isEqualTo("merchant_request");
    assertThat(
            client()
                .v1()
                .balanceTransactions()
                .retrieve(canceled.getFailureBalanceTransaction())
                .getNet())
        .isEqualTo(300);
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded()).isZero();
    lever("PUT", "settings", "{\"refundsNeedAction\": true}");
    Refund waiting = refundWithInstructions(charge, 200);
    assertThat(lever("POST", "refunds/" + waiting.getId() + "/cancellation", "").status())
        .isEqualTo(400);
    assertThat(status(waiting)).isEqualTo("requires_action");
    assertSumsAgree();
  }

  @Test
  void a_refund_that_waits_for_the_customer_succeeds_with_an_answer_and_fails_without()
      throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    lever("PUT", "settings", "{\"refundsNeedAction\": true}");
    assertThatThrownBy(() -> refund(charge, 100L))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getParam()).isEqualTo("instructions_email"));
    Refund answered = refundWithInstructions(charge, 300);
    Refund unanswered = refundWithInstructions(charge, 200);

    lever("POST", "refunds/" + answered.getId() + "/completion", "");
    lever("POST", "clock/advance", "{\"seconds\": 3974400}");

    assertThat(status(answered)).isEqualTo("succeeded");
    assertThat(status(unanswered)).isEqualTo("failed");
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded()).isEqualTo(300);
    assertSumsAgree();
  }

  private Refund refundWithInstructions(Charge charge, long amount) throws StripeException {
    return client()
        .v1()
        .refunds()
        .create(
            RefundCreateParams.builder()
                .setCharge(charge.getId())
                .setAmount(amount)
                .setInstructionsEmail("ann@example.org")
                .build());
  }

  private String status(Refund refund) throws StripeException {
    return client().v1().refunds().retrieve(refund.getId()).getStatus();
  }

  @Test
  void the_transactions_of_a_refund_can_be_expanded_before_and_after_it_fails() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    RefundRetrieveParams expanded =
        RefundRetrieveParams.builder()
            .addExpand("balance_transaction")
            .addExpand("failure_balance_transaction")
            .build();
    Refund created =
        client()
            .v1()
            .refunds()
            .create(
                RefundCreateParams.builder()
                    .setCharge(charge.getId())
                    .addExpand("balance_transaction")
                    .build());
    assertThat(created.getBalanceTransactionObject().getNet()).isEqualTo(-1_000);

    Refund before = client().v1().refunds().retrieve(created.getId(), expanded);
    lever("POST", "refunds/" + created.getId() + "/failure", "");
    Refund after = client().v1().refunds().retrieve(created.getId(), expanded);

    assertThat(before.getFailureBalanceTransactionObject()).isNull();
    assertThat(after.getFailureBalanceTransactionObject().getNet()).isEqualTo(1_000);
  }

  private Refund refund(Charge charge, @Nullable Long amount) throws StripeException {
    RefundCreateParams.Builder params = RefundCreateParams.builder().setCharge(charge.getId());
    if (amount != null) {
      params.setAmount(amount);
    }
    return client().v1().refunds().create(params.build());
  }
}
