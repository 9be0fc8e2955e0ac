package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes over what Stripe says about a subscription, whoever has asked, and whenever. */
@Component
class ApplySubscription {

  private final Subscriptions subscriptions;
  private final SaveSubscription save;
  private final Outbox outbox;
  private final Clock clock;

  ApplySubscription(
      Subscriptions subscriptions, SaveSubscription save, Outbox outbox, Clock clock) {
    this.subscriptions = subscriptions;
    this.save = save;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * An answer of Stripe.
   *
   * @param question its number, taken before Stripe was asked
   */
  record Command(UUID organizationId, StripeSubscription told, long question) {}

  /**
   * Applies it, unless the answer to a later question was applied.
   *
   * @return false when the organization has no subscription, or another one
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean handle(Command command) {
    UUID organizationId = command.organizationId();
    StripeSubscription told = command.told();
    Subscription before = subscriptions.lock(organizationId).orElse(null);
    if (before == null || before.trial() == null || isAnother(before, told)) {
      return false;
    }
    if (!subscriptions.answer(organizationId, command.question())) {
      return true;
    }
    SubscriptionTrigger trigger = trigger(told.status());
    before.on(trigger, told.id(), clock.instant()).ifPresent(after -> save(before, trigger, after));
    subscriptions.keepRenewal(organizationId, told.renews());
    if (told.status() == StripeSubscription.Status.ACTIVE) {
      subscriptions.keepPeriod(organizationId, told.period());
    }
    return true;
  }

  private static boolean isAnother(Subscription subscription, StripeSubscription told) {
    return subscription.stripeId() != null && !subscription.stripeId().equals(told.id());
  }

  private static SubscriptionTrigger trigger(StripeSubscription.Status status) {
    return switch (status) {
      case TRIALING -> SubscriptionTrigger.TRIAL_STARTED;
      case ACTIVE -> SubscriptionTrigger.PLAN_PAID;
      case PAST_DUE -> SubscriptionTrigger.PAYMENT_FAILED;
      case ENDED -> SubscriptionTrigger.SUBSCRIPTION_ENDED;
      case OPEN -> SubscriptionTrigger.LEFT_OPEN;
    };
  }

  private void save(Subscription before, SubscriptionTrigger taken, Subscription after) {
    save.entitled(after);
    Trial trial = after.requiredTrial();
    switch (taken) {
      case TRIAL_STARTED ->
          outbox.append(
              new TrialStarted(
                  after.organizationId(), trial.planId(), trial.endsAt(), after.changedAt()));
      case SUBSCRIPTION_ENDED -> ended(before, after, trial.planId());
      case PLAN_PAID -> {
        // Who has had nothing while the first month was not paid is told by its invoice.
        if (before.isInArrears() && !Plan.FREE.equals(before.planId())) {
          outbox.append(
              new RenewalRecovered(after.organizationId(), trial.planId(), after.changedAt()));
        }
      }
      // An invoice tells what has failed, and what comes next.
      case PAYMENT_FAILED, RETRIES_EXHAUSTED, LEFT_OPEN, TRIAL_REQUESTED, TRIAL_REFUSED -> {}
    }
  }

  private void ended(Subscription before, Subscription after, String planId) {
    UUID organizationId = after.organizationId();
    if (before.isInArrears()) {
      outbox.append(
          new PlanLost(organizationId, planId, Plan.FREE, after.changedAt(), after.version()));
    } else if (before.status() == SubscriptionStatus.ACTIVE) {
      outbox.append(new PlanEnded(organizationId, planId, Plan.FREE, after.changedAt()));
    } else {
      outbox.append(new TrialEnded(organizationId, planId, Plan.FREE, after.changedAt()));
    }
  }
}
