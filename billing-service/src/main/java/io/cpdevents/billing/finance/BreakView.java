package io.cpdevents.billing.finance;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does not match and waits for a person.
 *
 * @param stripeId the object of Stripe that it is about
 */
public record BreakView(
    UUID id,
    String kind,
    String stripeId,
    @Nullable UUID paymentId,
    Money amount,
    String suggestedAction,
    Instant openedAt) {}
