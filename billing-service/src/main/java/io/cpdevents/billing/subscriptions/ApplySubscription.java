package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes over what Stripe says about a subscription, whoever has asked, and whenever. */
@Component
class ApplySubscription {

  /** The next month begins at the second; its webhooks have been repeated by then. */
  private static final Duration MAX_TIME_AFTER_PERIOD = Duration.ofHours(6);

  private final Subscriptions subscriptions;
  private final PlanQueries plans;
  private final SaveSubscription save;
  private final ApplyPlanChange applyPlanChange;
  private final Outbox outbox;
  private final Clock clock;

  ApplySubscription(
      Subscriptions subscriptions,
      PlanQueries plans,
      SaveSubscription save,
      ApplyPlanChange applyPlanChange,
      Outbox outbox,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.plans = plans;
    this.save = save;
    this.applyPlanChange = applyPlanChange;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * An answer of Stripe.
   *
   * @param question its number, taken before Stripe was asked
   * @param change the change of plan that the subscription is about; null for none
   * @param seen what that means for the change; null for nothing
   */
  record Command(
      UUID organizationId,
      StripeSubscription told,
      long question,
      @Nullable PlanChange change,
      @Nullable SeenPlanChange seen) {

    static Command withoutChange(UUID organizationId, StripeSubscription told, long question) {
      return new Command(organizationId, told, question, null, null);
    }
  }

  /**
   * Applies it, unless the answer to a later question was applied.
   *
   * @return false when the organization has no subscription, or another one
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean handle(Command command) {
    Subscription before = subscriptions.lock(command.organizationId()).orElse(null);
    if (before == null) {
      return false;
    }
    boolean isAnother = isAnother(before, command.told());
    boolean isBought = isAnother && isBought(before, command.told());
    if (isAnother && !isBought && command.change() == null) {
      return false;
    }
    if (!subscriptions.answer(command.organizationId(), command.question())) {
      return true;
    }
    if (!isAnother || isBought) {
      take(before, command, isBought);
    }
    PlanChange change = command.change();
    SeenPlanChange seen = command.seen();
    if (change != null && seen != null) {
      applyPlanChange.handle(change.id(), seen);
    }
    return true;
  }

  private static boolean isAnother(Subscription subscription, StripeSubscription told) {
    String known = subscription.stripeId();
    return known == null
        ? subscription.status() != SubscriptionStatus.TRIAL_REQUESTED || told.changeId() != null
        : !known.equals(told.id());
  }

  /** Whether an organization without a subscription has paid for this one. */
  private boolean isBought(Subscription subscription, StripeSubscription told) {
    return subscription.status() == SubscriptionStatus.FREE
        && told.status() == StripeSubscription.Status.ACTIVE
        && plans.ofProduct(told.item().productId()).isPresent();
  }

  private void take(Subscription before, Command command, boolean isBought) {
    UUID organizationId = command.organizationId();
    StripeSubscription told = command.told();
    SubscriptionTrigger trigger =
        isBought ? SubscriptionTrigger.PLAN_BOUGHT : trigger(told.status());
    AtStripe atStripe = atStripe(before, command, isBought);
    Optional<Subscription> after = before.on(trigger, atStripe, clock.instant());
    if (after.isPresent()) {
      save(before, trigger, after.get());
    } else if (before.atStripe() != null && !before.subscribedPlanId().equals(atStripe.planId())) {
      before
          .on(SubscriptionTrigger.PLAN_REPLACED, atStripe, clock.instant())
          .ifPresent(replaced -> save(before, SubscriptionTrigger.PLAN_REPLACED, replaced));
    }
    subscriptions.keepRenewal(organizationId, told.renews());
    if (told.status() == StripeSubscription.Status.ACTIVE) {
      subscriptions.keepPeriod(organizationId, told.period());
      subscriptions.checkAfterPeriod(organizationId, MAX_TIME_AFTER_PERIOD);
    }
  }

  private AtStripe atStripe(Subscription before, Command command, boolean isBought) {
    StripeSubscription told = command.told();
    AtStripe known = before.atStripe();
    String planId = planId(before, command);
    AtStripe atStripe =
        known == null || isBought
            ? new AtStripe(
                told.id(), planId, isBought, subscriptions.isAfterLoss(before.organizationId()))
            : known.withPlan(planId);
    return isPaidByChange(command) ? atStripe.paid() : atStripe;
  }

  private static boolean isPaidByChange(Command command) {
    SeenPlanChange seen = command.seen();
    return seen != null && seen.isCharged();
  }

  /** What is not paid is no larger plan than before. */
  private String planId(Subscription before, Command command) {
    StripeSubscription told = command.told();
    AtStripe known = before.atStripe();
    String present = known == null ? triedPlanId(before) : known.planId();
    String next = plans.ofProduct(told.item().productId()).map(Plan::id).orElse(present);
    boolean isPaid = told.status() != StripeSubscription.Status.PAST_DUE || isPaidByChange(command);
    return isPaid || plans.isSmaller(next, present) ? next : present;
  }

  private static String triedPlanId(Subscription before) {
    return before.trial() == null ? Plan.FREE : before.trial().planId();
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
    UUID organizationId = after.organizationId();
    switch (taken) {
      case TRIAL_STARTED ->
          outbox.append(
              new TrialStarted(
                  organizationId,
                  after.planId(),
                  after.requiredTrial().endsAt(),
                  after.changedAt()));
      case SUBSCRIPTION_ENDED -> ended(before, after);
      case PLAN_BOUGHT, PLAN_REPLACED -> replaced(before, after);
      case PLAN_PAID -> paid(before, after);
      // An invoice tells what has failed, and what comes next.
      case PAYMENT_FAILED -> replacedMaybe(before, after);
      case RETRIES_EXHAUSTED, LEFT_OPEN, TRIAL_REQUESTED, TRIAL_REFUSED -> {}
    }
  }

  private void paid(Subscription before, Subscription after) {
    AtStripe known = before.atStripe();
    boolean isAfterLoss = known != null && known.isPaid() && known.isAfterLoss();
    // Who has had nothing while the first month was not paid is told by its invoice.
    if (before.isInArrears() && (isAfterLoss || !Plan.FREE.equals(before.planId()))) {
      outbox.append(
          new RenewalRecovered(after.organizationId(), after.planId(), after.changedAt()));
      subscriptions.forgetLoss(after.organizationId());
    }
    replacedMaybe(before, after);
  }

  /** Another plan may be heard of only when its month is paid, or is not. */
  private void replacedMaybe(Subscription before, Subscription after) {
    if (before.atStripe() != null && !before.subscribedPlanId().equals(after.subscribedPlanId())) {
      replaced(before, after);
    }
  }

  private void replaced(Subscription before, Subscription after) {
    outbox.append(
        new PlanChanged(
            after.organizationId(),
            after.subscribedPlanId(),
            before.subscribedPlanId(),
            after.changedAt()));
  }

  private void ended(Subscription before, Subscription after) {
    UUID organizationId = after.organizationId();
    String planId = before.atStripe() == null ? triedPlanId(before) : before.subscribedPlanId();
    Instant now = after.changedAt();
    long version = after.version();
    if (before.isInArrears()) {
      outbox.append(new PlanLost(organizationId, planId, Plan.FREE, now, version));
    } else if (before.status() == SubscriptionStatus.ACTIVE) {
      outbox.append(new PlanEnded(organizationId, planId, Plan.FREE, now, version));
    } else {
      outbox.append(new TrialEnded(organizationId, planId, Plan.FREE, now, version));
    }
  }
}
