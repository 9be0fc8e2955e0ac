package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.radar.EarlyFraudWarning;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.radar.EarlyFraudWarningListParams;
import org.junit.jupiter.api.Test;

class FraudWarningIT extends RunningSandbox {

  @Test
  void a_fraud_warning_is_actionable_until_the_charge_is_refunded() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);

    EarlyFraudWarning warning = report(charge, "{\"fraudType\": \"made_with_stolen_card\"}");

    assertThat(warning.getActionable()).isTrue();
    assertThat(warning.getFraudType()).isEqualTo("made_with_stolen_card");
    assertThat(warning.getCharge()).isEqualTo(charge.getId());
    assertThat(warning.getPaymentIntent()).isEqualTo(charge.getPaymentIntent());
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.types().contains("radar.early_fraud_warning.created"));
    refund(charge, 1_000L);
    assertThat(find(warning).getActionable()).isTrue();
    refund(charge, 4_000L);

    assertThat(find(warning).getActionable()).isFalse();
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.types().contains("radar.early_fraud_warning.updated"));
    assertThat(
            client()
                .v1()
                .radar()
                .earlyFraudWarnings()
                .list(EarlyFraudWarningListParams.builder().setCharge(charge.getId()).build())
                .getData())
        .hasSize(1);
  }

  @Test
  void a_fraud_warning_is_not_actionable_after_a_dispute() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    EarlyFraudWarning warning = report(charge, "");

    lever("POST", "charges/" + charge.getId() + "/disputes", "{}");

    assertThat(find(warning).getActionable()).isFalse();
    assertThat(report(charge, "").getActionable()).isFalse();
    assertSumsAgree();
  }

  @Test
  void a_payment_with_one_test_card_gets_a_fraud_warning_at_once() throws Exception {
    Charge charge = paidCharge(5_000, "4000000000005423");

    EarlyFraudWarning warning =
        client().v1().radar().earlyFraudWarnings().list().getData().getFirst();

    assertThat(warning.getCharge()).isEqualTo(charge.getId());
  }

  @Test
  void a_fraud_warning_with_invalid_values_is_refused() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    String lever = "charges/" + charge.getId() + "/fraud-warnings";

    assertThat(lever("POST", lever, "{\"fraudType\": \"bad_mood\"}").status()).isEqualTo(400);
    assertThat(lever("POST", "charges/ch_none/fraud-warnings", "").status()).isEqualTo(404);
  }

  private EarlyFraudWarning report(Charge charge, String body) throws StripeException {
    String id =
        lever("POST", "charges/" + charge.getId() + "/fraud-warnings", body)
            .json()
            .get("id")
            .asString();
    return client().v1().radar().earlyFraudWarnings().retrieve(id);
  }

  private EarlyFraudWarning find(EarlyFraudWarning warning) throws StripeException {
    return client().v1().radar().earlyFraudWarnings().retrieve(warning.getId());
  }

  private void refund(Charge charge, long amount) throws StripeException {
    client()
        .v1()
        .refunds()
        .create(RefundCreateParams.builder().setCharge(charge.getId()).setAmount(amount).build());
  }
}
