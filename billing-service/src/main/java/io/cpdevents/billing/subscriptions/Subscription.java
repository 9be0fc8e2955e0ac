package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.platform.state.Outcome;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization's plan. Stripe decides what is paid; we decide what that entitles to. Pure.
 *
 * @param planId what the organization is entitled to
 * @param version of what was told about that, from 1
 * @param trial the plan that it tries or has tried; null when it has tried none
 * @param graceEndsAt until when the plan stays although it is not paid; null outside of grace
 * @param stripeId of the subscription at Stripe; null when there was none, or Stripe has not
 *     answered
 * @param nextCheckAt when Stripe is asked about it again; null when nothing is expected
 */
record Subscription(
    UUID organizationId,
    SubscriptionStatus status,
    String planId,
    long version,
    Currency currency,
    @Nullable Trial trial,
    @Nullable Instant graceEndsAt,
    @Nullable String stripeId,
    @Nullable Instant nextCheckAt,
    Instant changedAt) {

  /** Who requests a trial asks Stripe at once; after this time somebody else does. */
  private static final Duration REQUEST_TIME = Duration.ofSeconds(45);

  /** Stripe's webhook comes first, as a rule. */
  private static final Duration WEBHOOK_TIME = Duration.ofSeconds(45);

  /** How long the plan stays after Stripe's last attempt to charge it. */
  private static final Duration GRACE_TIME = Duration.ofDays(14);

  private static final Currency DEFAULT_CURRENCY = Currency.getInstance("CAD");

  static Subscription free(UUID organizationId, Instant now) {
    return new Subscription(
        organizationId,
        SubscriptionStatus.FREE,
        Plan.FREE,
        1,
        DEFAULT_CURRENCY,
        null,
        null,
        null,
        null,
        now);
  }

  /** The trial that was requested. */
  Trial requiredTrial() {
    return Objects.requireNonNull(trial);
  }

  /** The subscription whose trial Stripe has to begin; empty when that is under way. */
  Optional<Subscription> requestTrial(String triedPlanId, Instant now) {
    return switch (next(SubscriptionTrigger.TRIAL_REQUESTED)) {
      case Ignored<SubscriptionStatus> _ -> Optional.empty();
      case Changed<SubscriptionStatus>(SubscriptionStatus to, _) ->
          Optional.of(
              new Subscription(
                  organizationId,
                  to,
                  planId,
                  version,
                  currency,
                  // Never a key again that Stripe has answered before.
                  trial == null ? Trial.of(triedPlanId, now) : trial.anew(now),
                  null,
                  null,
                  now.plus(REQUEST_TIME),
                  now));
    };
  }

  /** The subscription whose trial Stripe refuses to begin; empty when that is decided. */
  Optional<Subscription> refuseTrial(Instant now) {
    return switch (next(SubscriptionTrigger.TRIAL_REFUSED)) {
      case Ignored<SubscriptionStatus> _ -> Optional.empty();
      case Changed<SubscriptionStatus>(SubscriptionStatus to, _) ->
          Optional.of(
              new Subscription(
                  organizationId,
                  to,
                  planId,
                  version,
                  currency,
                  requiredTrial().over(),
                  null,
                  null,
                  null,
                  now));
    };
  }

  /** The subscription after what Stripe says about it; empty when that changes nothing. */
  Optional<Subscription> on(SubscriptionTrigger told, String subscriptionId, Instant now) {
    return switch (next(told)) {
      case Ignored<SubscriptionStatus> _ -> Optional.empty();
      case Changed<SubscriptionStatus>(SubscriptionStatus to, _) ->
          Optional.of(moved(to, subscriptionId, now));
    };
  }

  private Subscription moved(SubscriptionStatus to, String subscriptionId, Instant now) {
    Trial tried = requiredTrial();
    Instant webhookTime = now.plus(WEBHOOK_TIME);
    return switch (to) {
      case FREE -> entitled(to, Plan.FREE, tried.over(), null, subscriptionId, null, now);
      case ACTIVE -> entitled(to, tried.planId(), tried.over(), null, subscriptionId, null, now);
      case TRIALING ->
          entitled(
              to,
              tried.planId(),
              tried,
              null,
              subscriptionId,
              tried.endsAt().plus(WEBHOOK_TIME),
              now);
      case PAST_DUE ->
          entitled(to, planNotPaid(), tried.over(), null, subscriptionId, webhookTime, now);
      case GRACE -> {
        Instant graceEnd = now.plus(GRACE_TIME);
        yield entitled(to, planNotPaid(), tried.over(), graceEnd, subscriptionId, graceEnd, now);
      }
      case TRIAL_REQUESTED -> throw new IllegalStateException("Stripe requests no trial");
    };
  }

  /** The plan stays, unless its first month after the trial was never paid. */
  private String planNotPaid() {
    return requiredTrial().isPaid() ? requiredTrial().planId() : Plan.FREE;
  }

  /** Whether Stripe charges it, or will. */
  boolean isExpectedToPay() {
    return switch (status) {
      case TRIALING, ACTIVE, PAST_DUE -> true;
      case FREE, TRIAL_REQUESTED, GRACE -> false;
    };
  }

  /** Whether a month is not paid. */
  boolean isInArrears() {
    return status == SubscriptionStatus.PAST_DUE || status == SubscriptionStatus.GRACE;
  }

  /** Whether the plan is over, because it was not paid in its grace. */
  boolean isGraceOver(Instant now) {
    return graceEndsAt != null && !now.isBefore(graceEndsAt);
  }

  private Outcome<SubscriptionStatus> next(SubscriptionTrigger trigger) {
    return SubscriptionStatus.TRANSITIONS.next(status, trigger);
  }

  /** The same with another trial; what it is entitled to stays. */
  Subscription withTrial(Trial other) {
    return new Subscription(
        organizationId,
        status,
        planId,
        version,
        currency,
        other,
        graceEndsAt,
        stripeId,
        nextCheckAt,
        changedAt);
  }

  private Subscription entitled(
      SubscriptionStatus to,
      String newPlanId,
      Trial newTrial,
      @Nullable Instant newGraceEnd,
      String subscriptionId,
      @Nullable Instant checkAt,
      Instant now) {
    return new Subscription(
        organizationId,
        to,
        newPlanId,
        version + 1,
        currency,
        newTrial,
        newGraceEnd,
        subscriptionId,
        checkAt,
        now);
  }
}
