package io.cpdevents.billing.stripe;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is at Stripe.
 *
 * @param organizationId whose it is, as we told Stripe when we made it; null when we did not
 */
public record StripeSubscription(String id, @Nullable UUID organizationId, Status status) {

  /** Stripe's statuses, as far as they make a difference here. */
  public enum Status {
    TRIALING,
    ACTIVE,
    /** It is over, for good. */
    ENDED,
    /** Something is open: an invoice, or what the customer decides. */
    OPEN
  }
}
