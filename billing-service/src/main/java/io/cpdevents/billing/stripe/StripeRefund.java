package io.cpdevents.billing.stripe;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund at Stripe.
 *
 * @param refundId ours, from the metadata; null when it was made in Stripe's dashboard
 * @param attempt ours, from the metadata; 0 when it was made in Stripe's dashboard
 * @param balanceTransaction null until Stripe has taken the money
 * @param failureBalanceTransaction what gave the money back to us after a failure
 */
public record StripeRefund(
    String id,
    Status status,
    long amountMinor,
    String currency,
    @Nullable String paymentIntentId,
    @Nullable UUID refundId,
    int attempt,
    @Nullable String failureReason,
    @Nullable StripeBalanceTransaction balanceTransaction,
    @Nullable StripeBalanceTransaction failureBalanceTransaction) {

  /** Stripe's {@code status}; one that waits for the buyer counts as pending. */
  public enum Status {
    PENDING,
    SUCCEEDED,
    FAILED,
    CANCELED
  }
}
