package io.cpdevents.billing.stripe;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is at Stripe.
 *
 * @param organizationId whose it is, as we told Stripe when we made it; null when we did not
 * @param defaultMethodId the card that pays its invoices; null for the customer's
 * @param period the current one
 */
public record StripeSubscription(
    String id,
    @Nullable UUID organizationId,
    Status status,
    @Nullable String defaultMethodId,
    Period period) {

  /** The month that is paid, or is tried; the end is exclusive. */
  public record Period(Instant start, Instant end) {}

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
