package io.cpdevents.billing.ledger;

import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not match, as people decide about it.
 *
 * @param stripeId the object of Stripe that it is about
 */
public record Break(
    UUID id,
    BreakKind kind,
    String stripeId,
    @Nullable UUID paymentId,
    Currency currency,
    boolean resolved) {}
