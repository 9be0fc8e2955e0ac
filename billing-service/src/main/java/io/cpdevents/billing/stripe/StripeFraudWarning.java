package io.cpdevents.billing.stripe;

import java.time.Instant;

/**
 * The card's bank suspects that a charge is fraud.
 *
 * @param fraudType Stripe's, for example {@code unauthorized_use_of_card}
 */
public record StripeFraudWarning(
    String id, String paymentIntentId, String fraudType, Instant createdAt) {}
