package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.reconciliation.FollowBalance;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReconciliationIT extends BillingJourney {

  @Autowired FollowBalance followBalance;

  @Test
  void whatever_moved_stripes_balance_reaches_the_ledger_without_any_webhook() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment, 320);
    String refunded = stripe.refundInDashboard(intent, 4_000);
    stripe.finish(refunded, "succeeded");
    String unknown = stripe.succeeded(900, "cad", Map.of());
    stripe.settle(unknown, 56);
    String fee = stripe.charge("stripe_fee", -200, "cad");

    followBalance.handle();
    followBalance.handle();

    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 4_000);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(openBreaks(stripe.chargeOf(unknown))).containsExactly("unknown-payment");
    assertThat(openBreaks(fee)).containsExactly("unexplained-balance-transaction");
    assertThat(postings("balance-transaction", fee)).containsExactly("stripe -200", "suspense 200");
  }
}
