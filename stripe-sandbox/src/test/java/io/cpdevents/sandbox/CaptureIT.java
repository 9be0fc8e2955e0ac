package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Card;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.ChargeCaptureParams;
import com.stripe.param.ChargeCreateParams;
import com.stripe.param.ChargeUpdateParams;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.PaymentIntentCreateParams.ConfirmationMethod;
import org.junit.jupiter.api.Test;

class CaptureIT extends RunningSandbox {
  private static final String SEVEN_DAYS = "{\"seconds\": 604800}";

  @Test
  void an_authorized_amount_moves_when_it_is_captured() throws Exception {
    PaymentIntent held = authorize(2_000);
    assertThat(held.getStatus()).isEqualTo("requires_capture");
    assertThat(held.getAmountCapturable()).isEqualTo(2_000);
    Charge before = chargeOf(held);
    assertThat(before.getCaptured()).isFalse();
    assertThat(before.getPaid()).isTrue();
    assertThat(before.getBalanceTransaction()).isNull();
    assertThat(state().get("balances")).isEmpty();

    PaymentIntent captured = client().v1().paymentIntents().capture(held.getId());

    assertThat(captured.getStatus()).isEqualTo("succeeded");
    assertThat(captured.getAmountReceived()).isEqualTo(2_000);
    assertThat(captured.getAmountCapturable()).isZero();
    assertThat(transactionOf(captured).getNet()).isEqualTo(2_000 - 58 - 30);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            RECEIVER.types().contains("payment_intent.amount_capturable_updated")
                && RECEIVER.types().contains("charge.captured")
                && RECEIVER.types().contains("payment_intent.succeeded"));
    assertThatThrownBy(() -> client().v1().paymentIntents().capture(held.getId()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("payment_intent_unexpected_state"));
  }

  @Test
  void an_amount_that_is_not_captured_is_released_as_a_refund_without_balance_transaction()
      throws Exception {
    PaymentIntent held = authorize(2_000);
    assertThatThrownBy(() -> capture(held, 2_001))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getParam()).isEqualTo("amount_to_capture"));

    PaymentIntent captured = capture(held, 1_500);

    assertThat(captured.getAmountReceived()).isEqualTo(1_500);
    assertThat(transactionOf(captured).getAmount()).isEqualTo(1_500);
    Charge charge = chargeOf(captured);
    assertThat(charge.getAmountCaptured()).isEqualTo(1_500);
    assertThat(charge.getAmountRefunded()).isEqualTo(500);
    assertThat(charge.getRefunded()).isFalse();
    Refund rest = client().v1().refunds().list().getData().getFirst();
    assertThat(rest.getAmount()).isEqualTo(500);
    assertThat(rest.getBalanceTransaction()).isNull();
    Answer tooMuch = send(form("/v1/refunds", "amount=1501&charge=" + charge.getId()));
    assertThat(tooMuch.status()).isEqualTo(400);
    assertThat(send(form("/v1/refunds", "charge=" + charge.getId())).status()).isEqualTo(200);
    assertThat(chargeOf(captured).getRefunded()).isTrue();
    assertSumsAgree();
  }

  @Test
  void a_canceled_authorization_moves_nothing() throws Exception {
    PaymentIntent held = authorize(2_000);
    assertThat(send(form("/v1/refunds", "charge=" + held.getLatestCharge())).status())
        .isEqualTo(400);

    PaymentIntent canceled =
        client()
            .v1()
            .paymentIntents()
            .cancel(
                held.getId(),
                PaymentIntentCancelParams.builder()
                    .setCancellationReason(
                        PaymentIntentCancelParams.CancellationReason.REQUESTED_BY_CUSTOMER)
                    .build());

    assertThat(canceled.getStatus()).isEqualTo("canceled");
    assertThat(canceled.getCancellationReason()).isEqualTo("requested_by_customer");
    assertThat(canceled.getAmountCapturable()).isZero();
    assertThat(chargeOf(held).getRefunded()).isTrue();
    assertThat(state().get("balances")).isEmpty();
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("payment_intent.canceled"));
    lever("POST", "clock/advance", SEVEN_DAYS);
    assertThat(client().v1().refunds().list().getData()).hasSize(1);
  }

  @Test
  void an_authorization_that_is_not_captured_expires_after_seven_days() throws Exception {
    PaymentIntent held = authorize(2_000);

    lever("POST", "clock/advance", SEVEN_DAYS);

    PaymentIntent expired = client().v1().paymentIntents().retrieve(held.getId());
    assertThat(expired.getStatus()).isEqualTo("canceled");
    assertThat(expired.getCancellationReason()).isEqualTo("automatic");
    assertThat(client().v1().refunds().list().getData().getFirst().getReason())
        .isEqualTo("expired_uncaptured_charge");
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("charge.expired"));
  }

  @Test
  void a_payment_without_a_page_succeeds_or_fails_by_the_result_of_authentication()
      throws Exception {
    PaymentIntent asked = create(intent(2_000).setPaymentMethod("pm_card_threeDSecure2Required"));
    PaymentIntent refused =
        create(intent(2_000).setPaymentMethod("pm_card_authenticationRequired"));
    assertThat(asked.getStatus()).isEqualTo("requires_action");

    assertThat(authenticate(asked, "succeeded").status()).isEqualTo(200);
    assertThat(authenticate(refused, "failed").status()).isEqualTo(402);

    assertThat(client().v1().paymentIntents().retrieve(asked.getId()).getStatus())
        .isEqualTo("succeeded");
    PaymentIntent failed = client().v1().paymentIntents().retrieve(refused.getId());
    assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
    assertThat(failed.getLastPaymentError().getCode())
        .isEqualTo("payment_intent_authentication_failure");
    assertThat(authenticate(asked, "succeeded").status()).isEqualTo(400);
  }

  @Test
  void with_manual_confirmation_the_server_confirms_after_authentication() throws Exception {
    PaymentIntent asked =
        create(
            intent(2_000)
                .setConfirmationMethod(ConfirmationMethod.MANUAL)
                .setPaymentMethod("pm_card_threeDSecure2Required"));

    authenticate(asked, "succeeded");
    assertThat(client().v1().paymentIntents().retrieve(asked.getId()).getStatus())
        .isEqualTo("requires_confirmation");
    PaymentIntent paid = client().v1().paymentIntents().confirm(asked.getId());

    assertThat(paid.getStatus()).isEqualTo("succeeded");
  }

  @Test
  void a_card_can_be_charged_without_an_intent() throws Exception {
    Charge charge = client().v1().charges().create(charge("tok_visa").build());

    assertThat(charge.getStatus()).isEqualTo("succeeded");
    assertThat(charge.getCaptured()).isTrue();
    assertThat(charge.getPaymentIntent()).isNull();
    assertThat(((Card) charge.getSource()).getLast4()).isEqualTo("4242");
    assertThat(charge.getPaymentMethod()).isEqualTo(charge.getSource().getId());
    BalanceTransaction transaction =
        client().v1().balanceTransactions().retrieve(charge.getBalanceTransaction());
    assertThat(transaction.getDescription()).isEqualTo("a course");
    assertThatThrownBy(() ->
            client().v1().charges().create(charge("tok_chargeDeclinedInsufficientFunds").build()))
        .isInstanceOfSatisfying(
            CardException.class,
            e -> assertThat(e.getDeclineCode()).isEqualTo("insufficient_funds"));
    assertThat(client().v1().charges().list().getData())
        .extracting(Charge::getStatus)
        .containsExactly("failed", "succeeded");
    Charge updated =
        client()
            .v1()
            .charges()
            .update(
                charge.getId(), ChargeUpdateParams.builder().setDescription("two courses").build());
    assertThat(updated.getDescription()).isEqualTo("two courses");
    assertSumsAgree();
  }

  @Test
  void a_charge_can_be_captured_later_whole_or_in_part() throws Exception {
    Charge held = client().v1().charges().create(charge("tok_visa").setCapture(false).build());
    Charge ofIntent = chargeOf(authorize(2_000));

    Charge captured =
        client()
            .v1()
            .charges()
            .capture(held.getId(), ChargeCaptureParams.builder().setAmount(400L).build());

    assertThat(captured.getAmountCaptured()).isEqualTo(400);
    assertThat(captured.getAmountRefunded()).isEqualTo(600);
    assertThat(captured.getBalanceTransaction()).startsWith("txn_");
    assertThatThrownBy(() -> client().v1().charges().capture(held.getId()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("charge_already_captured"));
    assertThatThrownBy(() -> client().v1().charges().capture(ofIntent.getId()))
        .hasMessageContaining("belongs to the PaymentIntent");
    assertSumsAgree();
  }

  private ChargeCreateParams.Builder charge(String source) {
    return ChargeCreateParams.builder()
        .setAmount(1_000L)
        .setCurrency("cad")
        .setDescription("a course")
        .setSource(source);
  }

  private PaymentIntent authorize(long amount) throws StripeException {
    return create(
        intent(amount).setCaptureMethod(CaptureMethod.MANUAL).setPaymentMethod("pm_card_visa"));
  }

  private static PaymentIntentCreateParams.Builder intent(long amount) {
    return PaymentIntentCreateParams.builder()
        .setAmount(amount)
        .setCurrency("cad")
        .addPaymentMethodType("card")
        .setConfirm(true);
  }

  private PaymentIntent create(PaymentIntentCreateParams.Builder params) throws StripeException {
    return client().v1().paymentIntents().create(params.build());
  }

  private PaymentIntent capture(PaymentIntent intent, long amount) throws StripeException {
    return client()
        .v1()
        .paymentIntents()
        .capture(
            intent.getId(),
            PaymentIntentCaptureParams.builder().setAmountToCapture(amount).build());
  }

  private Answer authenticate(PaymentIntent intent, String outcome) {
    return lever(
        "POST",
        "payment-intents/" + intent.getId() + "/authentication",
        "{\"outcome\": \"%s\"}".formatted(outcome));
  }

  private BalanceTransaction transactionOf(PaymentIntent intent) throws StripeException {
    return client().v1().balanceTransactions().retrieve(chargeOf(intent).getBalanceTransaction());
  }
}
