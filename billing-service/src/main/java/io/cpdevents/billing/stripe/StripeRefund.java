package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
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

  /** What goes back. */
  public Money amount() {
    return Money.of(amountMinor, currency);
  }

  /** Whether Stripe has done it, or is doing it. */
  public boolean goesThrough() {
    return switch (status) {
      case PENDING, SUCCEEDED -> true;
      case FAILED, CANCELED -> false;
    };
  }

  /** Whether its outcome is known, and all that it moves of Stripe's balance. */
  public boolean isSettled() {
    return switch (status) {
      case PENDING -> false;
      case SUCCEEDED -> balanceTransaction != null;
      case FAILED, CANCELED -> balanceTransaction == null || failureBalanceTransaction != null;
    };
  }

  /** Stripe's {@code status}; one that waits for the buyer counts as pending. */
  public enum Status {
    PENDING,
    SUCCEEDED,
    FAILED,
    CANCELED
  }
}
