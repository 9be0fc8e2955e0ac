package io.cpdevents.billing.paymentmethods;

import java.util.UUID;

/**
 * The card that somebody means.
 *
 * @param methodId Stripe's id
 */
public record ChosenPaymentMethod(UUID organizationId, String methodId) {}
