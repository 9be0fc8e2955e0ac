package io.cpdevents.billing.stripe;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of Stripe on which a payment can be made.
 *
 * @param url where the page is; null once it has ended
 * @param paid whether Stripe says that no money is missing any more
 * @param paymentIntentId null until somebody tries to pay
 * @param paymentId ours, from the metadata; null when it is not one of ours
 */
public record StripeCheckoutSession(
    String id,
    Status status,
    @Nullable String url,
    boolean paid,
    @Nullable String paymentIntentId,
    @Nullable UUID paymentId) {

  /** Stripe's {@code status}. */
  public enum Status {
    OPEN,
    COMPLETE,
    EXPIRED
  }
}
