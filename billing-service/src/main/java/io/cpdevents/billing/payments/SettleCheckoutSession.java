package io.cpdevents.billing.payments;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeCheckoutSession;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What became of a page is asked of Stripe and taken over, with the money if there is any. */
@Component
public class SettleCheckoutSession {

  private final Checkouts checkouts;
  private final SettlePaymentIntent settlePaymentIntent;
  private final StripeApi stripe;

  SettleCheckoutSession(
      Checkouts checkouts, SettlePaymentIntent settlePaymentIntent, StripeApi stripe) {
    this.checkouts = checkouts;
    this.settlePaymentIntent = settlePaymentIntent;
    this.stripe = stripe;
  }

  /** Takes over the session as it is at Stripe now. */
  public void handle(String sessionId) {
    apply(stripe.checkoutSession(sessionId));
  }

  /**
   * Takes over a session. The money comes first: while the page counts as open nobody gets a second
   * one.
   */
  void apply(StripeCheckoutSession session) {
    String paymentIntentId = session.paymentIntentId();
    boolean ended = session.status() != StripeCheckoutSession.Status.OPEN;
    if (ended && paymentIntentId != null) {
      settlePaymentIntent.handle(paymentIntentId);
    }
    Optional<Checkout> checkout = checkouts.findBySession(session.id());
    if (ended && checkout.isPresent()) {
      checkouts.end(
          checkout.get().id(),
          session.status() == StripeCheckoutSession.Status.COMPLETE
              ? CheckoutStatus.COMPLETE
              : CheckoutStatus.EXPIRED);
    }
  }
}
