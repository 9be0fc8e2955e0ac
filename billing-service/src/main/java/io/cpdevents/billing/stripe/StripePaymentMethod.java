package io.cpdevents.billing.stripe;

import java.time.Instant;

/**
 * A card as it is at Stripe.
 *
 * @param expiresYear the last year in which it is valid, until the end of its month
 */
public record StripePaymentMethod(
    String id, String brand, String last4, int expiresMonth, int expiresYear, Instant createdAt) {}
