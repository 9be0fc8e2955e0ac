package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's view of one try to take money.
 *
 * @param amountReceivedMinor what was taken
 * @param currency ISO 4217, upper case
 * @param paymentId ours, from the metadata; null when it is not one of ours
 * @param attempt our checkout's attempt, from the metadata; 0 when it is not one of ours
 * @param charge null until a charge was tried
 */
public record StripePaymentIntent(
    String id,
    Status status,
    long amountReceivedMinor,
    String currency,
    @Nullable UUID paymentId,
    int attempt,
    @Nullable StripeCharge charge) {

  /** What was taken. */
  public Money received() {
    return Money.of(amountReceivedMinor, currency);
  }

  /** Stripe's {@code status}, as far as it makes a difference here. */
  public enum Status {
    SUCCEEDED,
    PROCESSING,
    /** Declined or not tried yet. */
    REQUIRES_PAYMENT_METHOD,
    CANCELED,
    /** Waiting for the buyer. */
    UNDER_WAY
  }
}
