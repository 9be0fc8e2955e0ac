package io.cpdevents.billing.charges;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A charge that has taken money.
 *
 * @param id Stripe's
 * @param paymentId the payment that it was made for; null when it is none of ours
 * @param invoiceId Stripe's id of the invoice that it has paid; null when it is for a registration
 * @param objection why no payment wanted it: its money stands in suspense; null for the capture of
 *     its payment
 */
record Charge(
    String id,
    String paymentIntentId,
    @Nullable UUID paymentId,
    @Nullable String invoiceId,
    @Nullable BreakKind objection,
    Money amount,
    Instant recordedAt) {}
