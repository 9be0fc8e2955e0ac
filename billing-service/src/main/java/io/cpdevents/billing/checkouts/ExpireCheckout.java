package io.cpdevents.billing.checkouts;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A page on which nobody may pay any more is closed at Stripe. */
@Component
public class ExpireCheckout {

  private final Checkouts checkouts;
  private final SettleCheckoutSession settle;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final SystemTime systemTime;

  ExpireCheckout(
      Checkouts checkouts,
      SettleCheckoutSession settle,
      StripeApi stripe,
      TransactionTemplate transaction,
      SystemTime systemTime) {
    this.checkouts = checkouts;
    this.settle = settle;
    this.stripe = stripe;
    this.transaction = transaction;
    this.systemTime = systemTime;
  }

  /**
   * Closes the page. A page that is complete already is fine: its money is settled.
   *
   * @throws StripeUnavailable when it has to be tried again
   */
  public void handle(UUID checkoutId) {
    Optional<String> sessionId =
        Objects.requireNonNull(transaction.execute(_ -> sessionToClose(checkoutId)));
    sessionId.ifPresent(id -> settle.apply(stripe.expireCheckoutSession(id)));
  }

  /** Empty when there is none: its address was never told to anybody, so it counts as expired. */
  private Optional<String> sessionToClose(UUID checkoutId) {
    Checkout checkout = checkouts.lock(checkoutId);
    String sessionId = checkout.progress().sessionId();
    if (sessionId != null) {
      return Optional.of(sessionId);
    }
    if (checkout.isClaimed(systemTime.now())) {
      throw new StripeUnavailable("create checkout session, which is still under way", null);
    }
    checkout.expired().ifPresent(checkouts::save);
    return Optional.empty();
  }
}
