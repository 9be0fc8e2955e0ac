package io.cpdevents.billing.payments;

import org.jspecify.annotations.Nullable;

/**
 * A try to pay that came to nothing.
 *
 * @param id Stripe's, by which it is told once
 * @param declineCode Stripe's, for example {@code insufficient_funds}; null when it says none
 */
public record FailedAttempt(String id, @Nullable String declineCode) {}
