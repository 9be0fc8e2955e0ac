package io.cpdevents.billing.charges;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A charge that has taken money.
 *
 * @param id Stripe's
 * @param paymentId the payment that it was made for; null when it is none of ours
 * @param quarantined whether no payment wanted it: its money stands in suspense
 */
record Charge(
    String id,
    String paymentIntentId,
    @Nullable UUID paymentId,
    boolean quarantined,
    Money amount,
    Instant recordedAt) {}
