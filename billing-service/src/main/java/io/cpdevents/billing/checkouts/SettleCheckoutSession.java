package io.cpdevents.billing.checkouts;

import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeCheckoutSession;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What became of a page is asked of Stripe and taken over, with the money if there is any. */
@Component
public class SettleCheckoutSession {

  private final Checkouts checkouts;
  private final SettlePaymentIntent settlePaymentIntent;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;

  SettleCheckoutSession(
      Checkouts checkouts,
      SettlePaymentIntent settlePaymentIntent,
      StripeApi stripe,
      TransactionTemplate transaction) {
    this.checkouts = checkouts;
    this.settlePaymentIntent = settlePaymentIntent;
    this.stripe = stripe;
    this.transaction = transaction;
  }

  /**
   * Takes over the session as it is at Stripe now.
   *
   * @return false when neither the page nor money that was paid there is ours
   */
  public boolean handle(String sessionId) {
    return apply(stripe.checkoutSession(sessionId));
  }

  /**
   * Takes over a session. The money comes first: while the page counts as open nobody gets a second
   * one.
   */
  boolean apply(StripeCheckoutSession session) {
    String paymentIntentId = session.paymentIntentId();
    boolean isOurMoney =
        session.status() != StripeCheckoutSession.Status.OPEN
            && paymentIntentId != null
            && settlePaymentIntent.handle(paymentIntentId);
    boolean isOurPage =
        Boolean.TRUE.equals(
            transaction.execute(_ -> {
              Optional<Checkout> checkout = checkouts.lockBySession(session.id());
              checkout.flatMap(found -> ended(found, session.status())).ifPresent(checkouts::save);
              return checkout.isPresent();
            }));
    return isOurMoney || isOurPage;
  }

  private static Optional<Checkout> ended(Checkout checkout, StripeCheckoutSession.Status status) {
    return switch (status) {
      case OPEN -> Optional.empty();
      case COMPLETE -> checkout.completed();
      case EXPIRED -> checkout.expired();
    };
  }
}
