package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome;
import java.time.Duration;
import java.util.UUID;

/**
 * One obligation to give money back. Pure: it decides.
 *
 * @param cause why
 * @param organizationShare what the organization bears
 * @param platformShare what the platform bears
 * @param attempt the current attempt at Stripe, from 1
 */
record Refund(
    UUID id,
    UUID paymentId,
    RefundStatus status,
    RefundCause cause,
    Money amount,
    Money organizationShare,
    Money platformShare,
    int attempt) {

  private static final int MAX_ATTEMPTS = 3;
  private static final Duration FIRST_DELAY = Duration.ofHours(1);
  private static final int DELAY_GROWTH = 24;

  /** The state after a trigger that leaves no choice. */
  RefundStatus on(RefundTrigger trigger) {
    return switch (RefundStatus.TRANSITIONS.next(status, trigger)) {
      case Outcome.Changed<RefundStatus> changed -> changed.to();
      case Outcome.Ignored<RefundStatus> _ -> status;
    };
  }

  /**
   * The state after an attempt has failed.
   *
   * @param hopeless whether Stripe would refuse the next one as well, or somebody may be making it
   *     at Stripe
   */
  RefundStatus onFailure(boolean hopeless) {
    if (status == RefundStatus.FAILED || status == RefundStatus.CANCELLED) {
      return on(RefundTrigger.ATTEMPT_FAILED);
    }
    boolean again = !hopeless && attempt < MAX_ATTEMPTS;
    return RefundStatus.TRANSITIONS
        .next(
            status,
            RefundTrigger.ATTEMPT_FAILED,
            again ? RefundStatus.REQUESTED : RefundStatus.FAILED)
        .to();
  }

  /** Whether it was asked for here, and not made at Stripe. */
  boolean isOurs() {
    return cause != RefundCause.MADE_AT_STRIPE;
  }

  /** How long to wait for the next attempt: an hour, then a day. */
  Duration delay() {
    return attempt == 1 ? FIRST_DELAY : FIRST_DELAY.multipliedBy(DELAY_GROWTH);
  }
}
