package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Refund;
import com.stripe.model.Transfer;
import com.stripe.model.TransferReversal;
import com.stripe.net.RequestOptions;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import com.stripe.param.TransferRetrieveParams;
import com.stripe.param.TransferReversalCreateParams;
import com.stripe.param.TransferUpdateParams;
import io.cpdevents.platform.test.AtOnce;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransferIT extends ConnectedSandbox {

  @Test
  void a_transfer_moves_available_money_to_the_account_at_once() throws Exception {
    String account = readyAccount();
    fund(10_000, "cad");

    Transfer transfer =
        client()
            .v1()
            .transfers()
            .create(
                transferOf(4_000, account)
                    .setDescription("Payout 1")
                    .setTransferGroup("payout-1")
                    .putMetadata("payoutId", "payout-1")
                    .build());

    assertThat(transfer.getId()).startsWith("tr_");
    assertThat(transfer.getReversed()).isFalse();
    assertThat(platformAvailable()).isEqualTo(6_000);
    assertThat(available(account)).isEqualTo(4_000);
    BalanceTransaction taken =
        client().v1().balanceTransactions().retrieve(transfer.getBalanceTransaction());
    assertThat(taken.getType()).isEqualTo("transfer");
    assertThat(taken.getNet()).isEqualTo(-4_000);
    assertThat(taken.getSource()).isEqualTo(transfer.getId());
    BalanceTransaction arrival = onlyTransaction(account);
    assertThat(arrival.getType()).isEqualTo("payment");
    assertThat(arrival.getNet()).isEqualTo(4_000);
    assertThat(arrival.getSource()).isEqualTo(transfer.getDestinationPayment()).startsWith("py_");
    Charge payment =
        client().v1().charges().retrieve(transfer.getDestinationPayment(), as(account));
    assertThat(payment.getSourceTransfer()).isEqualTo(transfer.getId());
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("transfer.created"));
    connectEvents("balance.available", account);
    assertSumsAgree();
  }

  private BalanceTransaction onlyTransaction(String account) throws StripeException {
    List<BalanceTransaction> all =
        client()
            .v1()
            .balanceTransactions()
            .list(BalanceTransactionListParams.builder().build(), as(account))
            .getData();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void pending_money_of_the_platform_cannot_be_transferred() throws Exception {
    String account = readyAccount();
    paidCharge(10_000, PAYS);

    assertInsufficient(() -> transfer(1_000, account));
    advanceDays(2);

    transfer(1_000, account);
    assertInsufficient(() -> transfer(9_000, account));
  }

  private static void assertInsufficient(Callable<?> request) {
    assertThatThrownBy(request::call)
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("balance_insufficient"));
  }

  @Test
  void a_refusal_for_lack_of_money_is_the_answer_for_its_key() throws Exception {
    String account = readyAccount();
    RequestOptions key = RequestOptions.builder().setIdempotencyKey("transfer:1:1").build();
    TransferCreateParams params = transferOf(1_000, account).build();
    assertInsufficient(() -> client().v1().transfers().create(params, key));

    fund(1_000, "cad");

    assertInsufficient(() -> client().v1().transfers().create(params, key));
    assertThat(transfer(1_000, account).getAmount()).isEqualTo(1_000);
  }

  @Test
  void a_lost_answer_to_a_transfer_is_replayed_for_its_key() throws Exception {
    String account = readyAccount();
    fund(10_000, "cad");
    RequestOptions key = RequestOptions.builder().setIdempotencyKey("transfer:1:1").build();
    TransferCreateParams params = transferOf(1_000, account).build();
    lever(
        "PUT", "faults", "[{\"path\": \"/v1/transfers\", \"times\": 2, \"kind\": \"drop-after\"}]");
    assertThatThrownBy(() -> client().v1().transfers().create(params, key))
        .isInstanceOf(ApiConnectionException.class);

    Transfer replayed = client().v1().transfers().create(params, key);

    assertThat(client().v1().transfers().list().getData())
        .extracting(Transfer::getId)
        .containsExactly(replayed.getId());
    assertThat(available(account)).isEqualTo(1_000);
  }

  @Test
  void two_concurrent_transfers_do_not_use_the_same_money() throws Exception {
    String account = readyAccount();
    fund(1_000, "cad");
    Callable<Boolean> attempt =
        () -> {
          try {
            transfer(700, account);
            return true;
          } catch (InvalidRequestException e) {
            assertThat(e.getCode()).isEqualTo("balance_insufficient");
            return false;
          }
        };

    assertThat(AtOnce.times(2, attempt)).containsExactlyInAnyOrder(true, false);
    assertThat(platformAvailable()).isEqualTo(300);
  }

  @Test
  void an_account_without_the_capability_gets_no_transfer() throws Exception {
    String account = createAccount().getId();
    fund(1_000, "cad");

    assertThatThrownBy(() -> transfer(1_000, account))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("insufficient_capabilities_for_transfer"));
  }

  @Test
  void a_transfer_from_a_charge_settles_with_it_and_is_limited_by_it() throws Exception {
    String account = readyAccount();
    Charge charge = paidCharge(10_000, PAYS);
    TransferCreateParams.Builder params =
        transferOf(6_000, account).setSourceTransaction(charge.getId());

    Transfer transfer = client().v1().transfers().create(params.build());

    assertThat(transfer.getTransferGroup()).isEqualTo(charge.getTransferGroup());
    assertThat(pending(account)).isEqualTo(6_000);
    assertThat(available(account)).isZero();
    assertThatThrownBy(() -> client().v1().transfers().create(params.build()))
        .hasMessageContaining("greater than what is left");
    assertThatThrownBy(() -> client().v1().transfers().create(params.setCurrency("usd").build()))
        .hasMessageContaining("currency");

    advanceDays(2);

    assertThat(available(account)).isEqualTo(6_000);
    connectEvents("balance.available", account);
    assertSumsAgree();
  }

  @Test
  void transfers_are_listed_by_destination_group_and_time_and_can_be_expanded() throws Exception {
    String first = readyAccount();
    String second = readyAccount();
    fund(10_000, "cad");
    Transfer one =
        client().v1().transfers().create(transferOf(100, first).setTransferGroup("a").build());
    lever("POST", "clock/advance", "{\"seconds\": 3600}");
    Transfer two =
        client().v1().transfers().create(transferOf(200, second).setTransferGroup("b").build());

    assertThat(list(TransferListParams.builder().setDestination(first)))
        .containsExactly(one.getId());
    assertThat(list(TransferListParams.builder().setTransferGroup("b")))
        .containsExactly(two.getId());
    assertThat(
            list(
                TransferListParams.builder()
                    .setCreated(
                        TransferListParams.Created.builder().setGt(one.getCreated()).build())))
        .containsExactly(two.getId());
    Transfer expanded =
        client()
            .v1()
            .transfers()
            .retrieve(
                one.getId(),
                TransferRetrieveParams.builder()
                    .addExpand("destination")
                    .addExpand("destination_payment")
                    .addExpand("balance_transaction")
                    .build());
    assertThat(expanded.getDestinationObject().getEmail()).isEqualTo("organizer@example.org");
    assertThat(expanded.getDestinationPaymentObject().getAmount()).isEqualTo(100);
    assertThat(expanded.getBalanceTransactionObject().getNet()).isEqualTo(-100);
  }

  private List<String> list(TransferListParams.Builder params) throws StripeException {
    return client().v1().transfers().list(params.build()).getData().stream()
        .map(Transfer::getId)
        .toList();
  }

  @Test
  void a_transfer_is_updated() throws Exception {
    Transfer transfer = transfer(100, accountWithPlatformMoney());

    Transfer updated =
        client()
            .v1()
            .transfers()
            .update(
                transfer.getId(),
                TransferUpdateParams.builder()
                    .setDescription("Later")
                    .putMetadata("a", "b")
                    .build());

    assertThat(updated.getDescription()).isEqualTo("Later");
    assertThat(updated.getMetadata()).containsEntry("a", "b");
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("transfer.updated"));
  }

  private String accountWithPlatformMoney() throws StripeException {
    fund(10_000, "cad");
    return readyAccount();
  }

  @Test
  void a_transfer_is_reversed_in_part_and_completely() throws Exception {
    String account = accountWithPlatformMoney();
    Transfer transfer = transfer(1_000, account);

    TransferReversal part = reverse(transfer, 300L);
    TransferReversal rest = reverse(transfer, null);

    assertThat(part.getId()).startsWith("trr_");
    assertThat(rest.getAmount()).isEqualTo(700);
    Transfer reversed = client().v1().transfers().retrieve(transfer.getId());
    assertThat(reversed.getReversed()).isTrue();
    assertThat(reversed.getAmountReversed()).isEqualTo(1_000);
    assertThat(reversed.getReversals().getData())
        .extracting(TransferReversal::getId)
        .containsExactly(rest.getId(), part.getId());
    assertThat(platformAvailable()).isEqualTo(10_000);
    assertThat(available(account)).isZero();
    BalanceTransaction back =
        client().v1().balanceTransactions().retrieve(rest.getBalanceTransaction());
    assertThat(back.getType()).isEqualTo("transfer_refund");
    assertThat(back.getSource()).isEqualTo(rest.getId());
    Refund refund =
        client().v1().refunds().retrieve(part.getDestinationPaymentRefund(), as(account));
    assertThat(refund.getSourceTransferReversal()).isEqualTo(part.getId());
    assertThat(client().v1().charges().retrieve(refund.getCharge(), as(account)).getRefunded())
        .isTrue();
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.events("transfer.reversed").size() == 2);
    assertThatThrownBy(() -> reverse(transfer, 1L)).hasMessageContaining("already fully reversed");
    assertThat(client().v1().transfers().reversals().list(transfer.getId()).getData()).hasSize(2);
    assertSumsAgree();
  }

  private TransferReversal reverse(Transfer transfer, @Nullable Long amount)
      throws StripeException {
    TransferReversalCreateParams.Builder params =
        TransferReversalCreateParams.builder().putMetadata("reason", "test");
    if (amount != null) {
      params.setAmount(amount);
    }
    return client().v1().transfers().reversals().create(transfer.getId(), params.build());
  }

  @Test
  void a_transfer_is_reversed_only_if_the_account_has_the_money() throws Exception {
    String account = accountWithPlatformMoney();
    Transfer transfer = transfer(1_000, account);
    payOut(400, account);

    assertInsufficient(() -> reverse(transfer, null));

    assertThat(reverse(transfer, 600L).getAmount()).isEqualTo(600);
    assertThat(available(account)).isZero();
  }

  @Test
  void a_payment_that_a_transfer_made_is_not_refunded_but_reversed() throws Exception {
    String account = accountWithPlatformMoney();
    Transfer transfer = transfer(1_000, account);

    Answer answer =
        send(
            form("/v1/refunds", "charge=" + transfer.getDestinationPayment())
                .header("Stripe-Account", account));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("reverse the transfer");
  }

  @Test
  void a_request_for_a_transfer_that_another_one_locks_gets_lock_timeout() throws Exception {
    Transfer transfer = transfer(100, accountWithPlatformMoney());
    try (Connection other = TestPostgres.running().database().getConnection()) {
      other.setAutoCommit(false);
      try (var statement =
          other.prepareStatement("SELECT 1 FROM stripe_object WHERE id = ? FOR UPDATE")) {
        statement.setString(1, transfer.getId());
        statement.execute();
      }

      Answer answer = send(form("/v1/transfers/" + transfer.getId() + "/reversals", "amount=1"));

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.json().get("error").get("code").asString()).isEqualTo("lock_timeout");
      other.rollback();
    }
  }

  @Test
  void an_invalid_transfer_is_refused() throws Exception {
    String account = accountWithPlatformMoney();
    String valid = "amount=100&currency=cad&destination=" + account;
    assertParam(valid.replace("amount=100", "amount=0"), "amount");
    assertParam(valid.replace("amount=100&", ""), "amount");
    assertParam(valid.replace("cad", "xyz"), "currency");
    assertParam("amount=100&currency=cad&destination=acct_unknown", "destination");
    assertParam("amount=100&currency=cad", "destination");
    assertParam(valid + "&source_transaction=ch_unknown", "source_transaction");
    assertParam(valid + "&source_type=gold", "source_type");
    assertParam(valid + "&application_fee_amount=1", "application_fee_amount");
  }

  private void assertParam(String form, String param) {
    Answer answer = send(form("/v1/transfers", form));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("error").get("param").asString()).isEqualTo(param);
  }
}
