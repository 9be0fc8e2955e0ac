package io.cpdevents.billing.stripe;

import org.jspecify.annotations.Nullable;

/**
 * A page of Stripe on which a payment can be made.
 *
 * @param url where the page is; null once it has ended
 * @param paymentIntentId null until somebody tries to pay
 */
public record StripeCheckoutSession(
    String id, Status status, @Nullable String url, @Nullable String paymentIntentId) {

  /** Stripe's {@code status}. */
  public enum Status {
    OPEN,
    COMPLETE,
    EXPIRED
  }
}
