package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides what a wish for another plan comes to: what costs more begins at once, what costs less
 * with the next month, and Free when the month that is paid is over, or at once when none is.
 * Refuses what cannot be, and everything for an organization that is closed.
 */
@Component
class PlanChangeRules {

  /**
   * What somebody wants.
   *
   * @param currency null for the one in which the organization pays
   */
  record Wish(UUID organizationId, String planId, @Nullable Currency currency) {}

  /** What a larger plan allows within a month is used up in an hour: so much of it is paid. */
  private static final Duration MIN_PAID_TIME = Duration.ofDays(7);

  /** How long it is remembered that somebody had a larger plan for a part of a month. */
  private static final Duration MEMORY_TIME = Duration.ofDays(365);

  private final Subscriptions subscriptions;
  private final OpenOrganizations openOrganizations;
  private final PlanChanges changes;
  private final PlanQueries plans;
  private final PlanCurrency planCurrency;
  private final Clock clock;

  PlanChangeRules(
      Subscriptions subscriptions,
      OpenOrganizations openOrganizations,
      PlanChanges changes,
      PlanQueries plans,
      PlanCurrency planCurrency,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.openOrganizations = openOrganizations;
    this.changes = changes;
    this.plans = plans;
    this.planCurrency = planCurrency;
    this.clock = clock;
  }

  /**
   * What it comes to for this subscription.
   *
   * @throws RuleViolation 400 for a plan that there is not, 409 {@code same-plan}, {@code
   *     change-pending}, {@code currency-fixed} or {@code wrong-state}, 422 {@code
   *     currency-not-supported}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  PlannedChange handle(Subscription subscription, Wish wish) {
    UUID organizationId = subscription.organizationId();
    openOrganizations.require(organizationId);
    List<String> known = plans.all().stream().map(Plan::id).toList();
    if (!known.contains(wish.planId())) {
      throw FieldProblem.NOT_FOUND.on("planId");
    }
    if (changes.live(organizationId).isPresent() || isRenewalOpen(subscription, wish)) {
      throw BillingProblem.CHANGE_PENDING.violation();
    }
    requireChangeable(subscription, wish);
    PlannedChange planned = planned(subscription, wish, known);
    if (!Plan.FREE.equals(planned.planId())) {
      // Refused here, before a change that could never be made is under way.
      plans.plan(planned.planId()).price(planned.currency());
    }
    return planned;
  }

  /**
   * A larger plan is not bought for what may have been cancelled a moment ago, and a smaller one
   * not planned for it; what is not known can be cancelled once more.
   */
  private boolean isRenewalOpen(Subscription subscription, Wish wish) {
    UUID organizationId = subscription.organizationId();
    boolean isKnownEnough = Plan.FREE.equals(wish.planId()) || !subscription.isExpectedToPay();
    return isKnownEnough
        ? subscriptions.isRenewalChanging(organizationId, clock.instant())
        : !subscriptions.isRenewalKnown(organizationId);
  }

  private void requireChangeable(Subscription subscription, Wish wish) {
    if (subscription.status() == SubscriptionStatus.TRIAL_REQUESTED) {
      throw CommonProblem.WRONG_STATE.violation("A trial is being begun.");
    }
    if (subscription.subscribedPlanId().equals(wish.planId())) {
      throw BillingProblem.SAME_PLAN.violation();
    }
    boolean isFree = Plan.FREE.equals(wish.planId());
    if (subscription.isInArrears() && !(isFree && subscription.canEndAtOnce())) {
      throw CommonProblem.WRONG_STATE.violation(
          "A month is not paid. Choose another card and change the plan when it is paid, or cancel it.");
    }
    if (!isFree
        && !subscriptions.renews(subscription.organizationId())
        && subscription.status() != SubscriptionStatus.FREE) {
      throw CommonProblem.WRONG_STATE.violation(
          "The plan ends with its month. Resume it, and change it then.");
    }
  }

  private PlannedChange planned(Subscription subscription, Wish wish, List<String> known) {
    Instant now = withinMonth(subscription, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    String from = subscription.subscribedPlanId();
    Currency currency = planCurrency.of(subscription, wish.currency());
    boolean isTrialing = subscription.status() == SubscriptionStatus.TRIALING;
    if (Plan.FREE.equals(wish.planId())) {
      Instant end = subscription.canEndAtOnce() ? now : endOfMonth(subscription);
      return new PlannedChange(null, from, wish.planId(), currency, false, end, end, null);
    }
    if (subscription.status() == SubscriptionStatus.FREE) {
      return new PlannedChange(
          PlanChange.Kind.PURCHASE, from, wish.planId(), currency, false, now, now, null);
    }
    // A trial has paid nothing that would have to last until its end.
    boolean isAtOnce = isTrialing || known.indexOf(wish.planId()) > known.indexOf(from);
    Instant effectiveAt = isAtOnce ? now : endOfMonth(subscription);
    return new PlannedChange(
        isAtOnce ? PlanChange.Kind.UPGRADE : PlanChange.Kind.DOWNGRADE,
        from,
        wish.planId(),
        currency,
        isTrialing,
        effectiveAt,
        isAtOnce && !isTrialing ? paidFrom(subscription, now) : effectiveAt,
        subscription.stripeId());
  }

  /**
   * A larger plan is paid for the rest of the month, for a week at least; by who had one before and
   * went back to a smaller one, for the whole month.
   */
  private Instant paidFrom(Subscription subscription, Instant now) {
    UUID organizationId = subscription.organizationId();
    return subscriptions
        .period(organizationId)
        .map(month -> {
          boolean isAgain = changes.hasGoneUpAndDown(organizationId, now.minus(MEMORY_TIME));
          Instant latest = isAgain ? month.start() : month.end().minus(MIN_PAID_TIME);
          Instant from = latest.isBefore(month.start()) ? month.start() : latest;
          return from.isBefore(now) ? from : now;
        })
        .orElse(now);
  }

  /**
   * The moment as Stripe takes it: a month that has just begun by Stripe's clock may begin later by
   * ours, and Stripe refuses a price as of before it.
   */
  private Instant withinMonth(Subscription subscription, Instant now) {
    return subscriptions
        .period(subscription.organizationId())
        .map(StripeSubscription.Period::start)
        .filter(now::isBefore)
        .orElse(now);
  }

  private Instant endOfMonth(Subscription subscription) {
    if (subscription.status() == SubscriptionStatus.TRIALING) {
      return subscription.requiredTrial().endsAt();
    }
    return subscriptions
        .period(subscription.organizationId())
        .map(StripeSubscription.Period::end)
        .orElseThrow(
            () -> CommonProblem.WRONG_STATE.violation("Stripe has not told of its month yet."));
  }
}
