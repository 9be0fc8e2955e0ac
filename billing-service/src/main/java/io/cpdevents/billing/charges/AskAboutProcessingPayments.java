package io.cpdevents.billing.charges;

import io.cpdevents.billing.payments.ClaimProcessingPayments;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stripe is asked what has become of money with which the buyer's bank takes its time. */
@Component
public class AskAboutProcessingPayments {

  private static final int MAX_BATCH_ROWS = 20;

  private final ClaimProcessingPayments claim;
  private final SettlePaymentIntent settlePaymentIntent;

  AskAboutProcessingPayments(
      ClaimProcessingPayments claim, SettlePaymentIntent settlePaymentIntent) {
    this.claim = claim;
    this.settlePaymentIntent = settlePaymentIntent;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<String> due = claim.handle(MAX_BATCH_ROWS);
    for (String paymentIntentId : due) {
      StripeInquiries.ask(paymentIntentId, () -> settlePaymentIntent.handle(paymentIntentId));
    }
    return due.size();
  }
}
