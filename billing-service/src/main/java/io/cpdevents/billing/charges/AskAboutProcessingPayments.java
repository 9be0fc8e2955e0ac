package io.cpdevents.billing.charges;

import io.cpdevents.billing.payments.ClaimProcessingPayments;
import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.StripeLookup;
import io.cpdevents.billing.settlements.TrySettleUnknown;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stripe is asked what has become of money with which the buyer's bank takes its time. */
@Component
public class AskAboutProcessingPayments implements StripeLookup {

  private static final int MAX_BATCH_ROWS = 20;

  private final ClaimProcessingPayments claim;
  private final SettlePaymentIntent settlePaymentIntent;
  private final TrySettleUnknown trySettleUnknown;

  AskAboutProcessingPayments(
      ClaimProcessingPayments claim,
      SettlePaymentIntent settlePaymentIntent,
      TrySettleUnknown trySettleUnknown) {
    this.claim = claim;
    this.settlePaymentIntent = settlePaymentIntent;
    this.trySettleUnknown = trySettleUnknown;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<String> due = claim.handle(MAX_BATCH_ROWS);
    for (String paymentIntentId : due) {
      trySettleUnknown.handle(
          new SettleUnknown.Command(kind(), paymentIntentId, () -> ask(paymentIntentId)));
    }
    return due.size();
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.PAYMENT_INTENT;
  }

  @Override
  public void ask(String paymentIntentId) {
    settlePaymentIntent.handle(paymentIntentId);
  }
}
