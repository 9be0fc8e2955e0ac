package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.stripe.StripeCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One try to give the money back.
 *
 * @param number from 1
 * @param sentAt since when it may have reached Stripe; null for one that we did not send
 * @param lastSentAt when it was sent for the last time
 * @param stripeRefundId null until Stripe has answered, and for good when Stripe has no part in it
 * @param stripeStatus the last one that was taken over
 * @param failure why Stripe has refused it, or why it failed
 * @param settled whether its outcome is known, and all that it moved of Stripe's balance
 */
record RefundAttempt(
    int number,
    @Nullable Instant sentAt,
    @Nullable Instant lastSentAt,
    @Nullable String stripeRefundId,
    StripeRefund.@Nullable Status stripeStatus,
    @Nullable String failure,
    boolean settled) {

  /** Why Stripe refuses or ends a refund while the payment is disputed. */
  private static final Set<String> DISPUTED =
      Set.of("charge_disputed", "refund_disputed_payment", "charge_for_pending_refund_disputed");

  /** A key is given up after this time, because Stripe may have stored a failure under it. */
  private static final Duration MAX_KEY_TIME = Duration.ofMinutes(10);

  /**
   * How long a request may be under way: as long as our call may take, and as long again at Stripe,
   * which may go on after we have given up.
   */
  private static final Duration MAX_TIME_UNDER_WAY = StripeCalls.MAX_REFUND_TIME.multipliedBy(2);

  /** One that nobody has sent yet. */
  static RefundAttempt numbered(int number) {
    return new RefundAttempt(number, null, null, null, null, null, false);
  }

  /** One that people have made past Stripe: it has succeeded, and Stripe knows nothing of it. */
  static RefundAttempt paidOtherwise(int number) {
    return new RefundAttempt(number, null, null, null, StripeRefund.Status.SUCCEEDED, null, true);
  }

  /** Whether people have made it past Stripe. */
  boolean isPaidOtherwise() {
    return stripeStatus == StripeRefund.Status.SUCCEEDED && !isAnswered();
  }

  /** Whether it may have reached Stripe. */
  boolean wasSent() {
    return sentAt != null;
  }

  /** Whether its key is given up. */
  boolean isKeyWornOut(Instant now) {
    return sentAt != null && sentAt.plus(MAX_KEY_TIME).isBefore(now);
  }

  /** Whether a request that was sent before this moment may not have come to its end by then. */
  boolean mayBeUnderWay(Instant then) {
    return lastSentAt != null && !lastSentAt.plus(MAX_TIME_UNDER_WAY).isBefore(then);
  }

  /** Whether Stripe has answered it. */
  boolean isAnswered() {
    return stripeRefundId != null;
  }

  /** Whether it may have reached Stripe, and its outcome is not known. */
  boolean isUnanswered() {
    return wasSent() && !isAnswered() && !isOver();
  }

  /** Whether it has failed or was called off: nothing more comes of it. */
  boolean isOver() {
    return stripeStatus == StripeRefund.Status.FAILED
        || stripeStatus == StripeRefund.Status.CANCELED;
  }

  /** Whether Stripe is doing it, or has done it. */
  boolean goesThrough() {
    return stripeStatus == StripeRefund.Status.PENDING
        || stripeStatus == StripeRefund.Status.SUCCEEDED;
  }

  /** Whether it cannot have reached Stripe. */
  boolean isUntouched() {
    return !wasSent() && !isAnswered() && !isOver();
  }

  /** Whether it came to nothing because the payment was disputed. */
  boolean wasDisputed() {
    return isOver() && failure != null && DISPUTED.contains(failure);
  }

  /** It is sent, perhaps again. */
  RefundAttempt sent(Instant at) {
    return new RefundAttempt(
        number, sentAt == null ? at : sentAt, at, stripeRefundId, stripeStatus, failure, settled);
  }

  /** What Stripe says of it. */
  RefundAttempt answered(StripeRefund stripeRefund) {
    return new RefundAttempt(
        number,
        sentAt,
        lastSentAt,
        stripeRefund.id(),
        stripeRefund.status(),
        stripeRefund.failureReason(),
        stripeRefund.isSettled());
  }

  /** Stripe has refused it for good. */
  RefundAttempt refused(String reason) {
    return new RefundAttempt(
        number, sentAt, lastSentAt, stripeRefundId, StripeRefund.Status.FAILED, reason, true);
  }
}
