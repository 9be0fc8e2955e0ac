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
    await().atMost(PATIENCE).until(() -> !RECEIVER.events("charge.refunded").isEmpty());
    await().atMost(PATIENCE).until(() -> !RECEIVER.events("refund.created").isEmpty());
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
        .atMost(PATIENCE)
        .until(() -> client().v1().refunds().retrieve(refund.getId()).getStatus().equals("failed"));

    Refund failed = client().v1().refunds().retrieve(refund.getId());
    assertThat(failed.getFailureReason()).isEqualTo("expired_or_canceled_card");
    BalanceTransaction back =
        client().v1().balanceTransactions().retrieve(failed.getFailureBalanceTransaction());
    assertThat(back.getType()).isEqualTo("refund_failure");
    assertThat(back.getNet()).isEqualTo(1_000);
    assertThat(client().v1().charges().retrieve(charge.getId()).getAmountRefunded()).isZero();
    await().atMost(PATIENCE).until(() -> !RECEIVER.events("refund.failed").isEmpty());
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

    await().atMost(PATIENCE).until(() -> !RECEIVER.events("refund.updated").isEmpty());

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
    assertSumsAgree();
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

  private void assertSumsAgree() {
    JsonNode balance = onlyBalance();
    assertThat(balance.get("balanceTransactionsNet")).isEqualTo(balance.get("total"));
    assertThat(balance.get("objectsNet")).isEqualTo(balance.get("total"));
  }
}
