package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "cpd.billing.refund-fraud-warnings=true")
class FraudWarningIT extends BillingJourney {

  @Test
  void a_payment_whose_bank_suspects_fraud_goes_back_whole_and_once() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);

    stripe.warnOfFraud(intent);
    FraudWarningReceived told =
        events.await(FraudWarningReceived.class, event -> event.paymentId().equals(payment));
    assertThat(told.refunded()).isTrue();
    RefundAccepted accepted =
        events.await(RefundAccepted.class, event -> event.paymentId().equals(payment));
    assertThat(accepted.cause()).isEqualTo(RefundCause.FRAUD_WARNING);
    assertThat(accepted.amount().amountMinor()).isEqualTo(10_000);
    awaitSum("refunds", payment, 0);
    assertThat(stripe.refundsOf(intent)).hasSize(1);
  }

  @Test
  void what_is_disputed_is_not_refunded_because_of_a_warning() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.dispute(intent);
    await().atMost(EVENTUALLY).until(() -> sum("disputes", payment) == 10_000);

    stripe.warnOfFraud(intent);

    FraudWarningReceived told =
        events.await(FraudWarningReceived.class, event -> event.paymentId().equals(payment));
    assertThat(told.refunded()).isFalse();
    assertThat(stripe.refundsOf(intent)).isEmpty();
  }
}
