package io.cpdevents.billing.stripe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One movement of Stripe's balance: {@code amount - fee = net}.
 *
 * @param type Stripe's, for example {@code charge}, {@code refund}
 * @param source the object that caused it
 * @param currency ISO 4217, upper case; the balance's, which may differ from the charge's
 */
public record StripeBalanceTransaction(
    String id,
    String type,
    @Nullable String source,
    String currency,
    long amountMinor,
    long feeMinor,
    long netMinor,
    Instant createdAt) {}
