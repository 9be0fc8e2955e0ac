package io.cpdevents.billing.stripe;

import org.jspecify.annotations.Nullable;

/**
 * A charge of a payment intent.
 *
 * @param balanceTransaction null until Stripe has booked it, which may be later than the charge
 */
public record StripeCharge(String id, @Nullable StripeBalanceTransaction balanceTransaction) {}
