package io.cpdevents.billing.payments;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A page on which nobody may pay any more is closed at Stripe. */
@Component
public class ExpireCheckout {

  private final Checkouts checkouts;
  private final SettleCheckoutSession settle;
  private final StripeApi stripe;
  private final SystemTime systemTime;

  ExpireCheckout(
      Checkouts checkouts, SettleCheckoutSession settle, StripeApi stripe, SystemTime systemTime) {
    this.checkouts = checkouts;
    this.settle = settle;
    this.stripe = stripe;
    this.systemTime = systemTime;
  }

  /**
   * Closes the page. A page that is complete already is fine: its money is settled.
   *
   * @throws StripeUnavailable when it has to be tried again
   */
  public void handle(UUID checkoutId) {
    Checkout checkout = checkouts.find(checkoutId).orElseThrow();
    String sessionId = checkout.sessionId();
    if (sessionId != null) {
      settle.apply(stripe.expireCheckoutSession(sessionId));
      return;
    }
    Instant claimedUntil = checkout.claimedUntil();
    if (claimedUntil != null && systemTime.now().isBefore(claimedUntil)) {
      throw new StripeUnavailable("create checkout session, which is still under way", null);
    }
    // Its address was never told to anybody, so nobody can pay on it.
    checkouts.end(checkoutId, CheckoutStatus.EXPIRED);
  }
}
