package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A change of plan is of one month, and Stripe may have begun the next one without our having heard
 * of it; or it may have been asked to let the plan end with it, and not have answered.
 */
@Component
class LearnMonth {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** Between our clock and Stripe's. */
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(1);

  /**
   * Whatever Stripe was asked, and has not answered, it has done after this time, or never does.
   */
  private static final Duration MAX_REQUEST_TIME = Duration.ofMinutes(1);

  private final Subscriptions subscriptions;
  private final SettleSubscription settleSubscription;
  private final Clock clock;

  LearnMonth(Subscriptions subscriptions, SettleSubscription settleSubscription, Clock clock) {
    this.subscriptions = subscriptions;
    this.settleSubscription = settleSubscription;
    this.clock = clock;
  }

  /**
   * Asks Stripe when the month, or the trial, that is known is over, and when it is not known
   * whether the plan goes on after it.
   *
   * @throws RuleViolation 409 {@code wrong-state}, 503 {@code stripe-unavailable}
   */
  void handle(UUID organizationId) {
    Optional<Integer> unknown =
        subscriptions.unknownRenewal(organizationId, clock.instant().minus(MAX_REQUEST_TIME));
    String stripeId =
        subscriptions
            .find(organizationId)
            .filter(Subscription::isExpectedToPay)
            .filter(subscription -> unknown.isPresent() || isOver(subscription))
            .map(Subscription::stripeId)
            .orElse(null);
    if (stripeId == null) {
      return;
    }
    try {
      settleSubscription.handle(stripeId);
      unknown.ifPresent(attempt -> subscriptions.endRenewalChange(organizationId, attempt, null));
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      throw CommonProblem.WRONG_STATE.violation("Stripe does not change this plan now.");
    }
  }

  private boolean isOver(Subscription subscription) {
    Instant soon = clock.instant().plus(MAX_CLOCK_DIFFERENCE);
    Optional<Instant> end =
        subscription.status() == SubscriptionStatus.TRIALING
            ? Optional.of(subscription.requiredTrial().endsAt())
            : subscriptions
                .period(subscription.organizationId())
                .map(StripeSubscription.Period::end);
    return end.filter(at -> !soon.isBefore(at)).isPresent();
  }
}
