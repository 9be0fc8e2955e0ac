package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefund;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One try to give the money back.
 *
 * @param stripeRefundId null until Stripe has answered
 * @param sent whether it may have reached Stripe
 * @param stripeStatus the last one that was taken over
 */
record RefundAttempt(
    UUID refundId,
    int attempt,
    @Nullable String stripeRefundId,
    boolean sent,
    StripeRefund.@Nullable Status stripeStatus) {

  /** Whether it has failed or was called off: nothing more comes of it. */
  boolean isOver() {
    return stripeStatus == StripeRefund.Status.FAILED
        || stripeStatus == StripeRefund.Status.CANCELED;
  }

  /** The idempotency key at Stripe. */
  String idempotencyKey() {
    return "refund:%s:%d".formatted(refundId, attempt);
  }
}
