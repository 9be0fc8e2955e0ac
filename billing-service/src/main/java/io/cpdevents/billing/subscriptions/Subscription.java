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
 * @param atStripe its subscription, also one that has ended; null when there was none, or Stripe
 *     has not answered
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
    @Nullable AtStripe atStripe,
    @Nullable Instant nextCheckAt,
    Instant changedAt) {

  /** Who requests a trial asks Stripe at once; after this time somebody else does. */
  private static final Duration REQUEST_TIME = Duration.ofSeconds(45);

  /** Stripe's webhook comes first, as a rule. */
  private static final Duration WEBHOOK_TIME = Duration.ofSeconds(45);

  /** How long the plan stays after Stripe's last attempt to charge it. */
  private static final Duration GRACE_TIME = Duration.ofDays(14);

  /** As long as it is asked whether Stripe has given a month up, when nothing is wrong. */
  private static final Duration MAX_DOUBT_TIME = Duration.ofDays(2);

  static final Currency DEFAULT_CURRENCY = Currency.getInstance("CAD");

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

  /** Its subscription at Stripe. */
  AtStripe requiredAtStripe() {
    return Objects.requireNonNull(atStripe);
  }

  /** Stripe's id of it; null when there was none, or Stripe has not answered. */
  @Nullable String stripeId() {
    return atStripe == null ? null : atStripe.id();
  }

  /** The plan that it is to pay, or pays; Free when there is none. */
  String subscribedPlanId() {
    return status == SubscriptionStatus.FREE || atStripe == null ? Plan.FREE : atStripe.planId();
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

  /**
   * The subscription after what Stripe says about it; empty when that changes nothing.
   *
   * @param told the subscription that Stripe has told of, with the plan that it has now
   */
  Optional<Subscription> on(SubscriptionTrigger trigger, AtStripe told, Instant now) {
    return switch (next(trigger)) {
      case Ignored<SubscriptionStatus> _ -> Optional.empty();
      case Changed<SubscriptionStatus>(SubscriptionStatus to, _) ->
          Optional.of(moved(to, told, now));
    };
  }

  /**
   * The subscription after Stripe has given its month up; empty when that changes nothing.
   *
   * @param failedAt when the last attempt was heard of: the grace is counted from then on, unless
   *     nobody could be told of it for long
   */
  Optional<Subscription> exhausted(Instant failedAt, Instant now) {
    boolean isLate = failedAt.isBefore(now.minus(MAX_DOUBT_TIME));
    Instant graceEnd = (isLate ? now : failedAt).plus(GRACE_TIME);
    return on(SubscriptionTrigger.RETRIES_EXHAUSTED, requiredAtStripe(), now)
        .map(grace ->
            new Subscription(
                grace.organizationId,
                grace.status,
                grace.planId,
                grace.version,
                grace.currency,
                grace.trial,
                graceEnd,
                grace.atStripe,
                graceEnd,
                grace.changedAt));
  }

  private Subscription moved(SubscriptionStatus to, AtStripe told, Instant now) {
    Trial over = trial == null ? null : trial.over();
    Instant webhookTime = now.plus(WEBHOOK_TIME);
    return switch (to) {
      case FREE -> entitled(to, Plan.FREE, over, null, losesPlan() ? told.lost() : told, null, now);
      case ACTIVE -> entitled(to, told.planId(), over, null, told, null, now);
      case TRIALING ->
          entitled(
              to,
              told.planId(),
              requiredTrial(),
              null,
              told,
              requiredTrial().endsAt().plus(WEBHOOK_TIME),
              now);
      case PAST_DUE -> entitled(to, planNotPaid(told), over, null, told, webhookTime, now);
      case GRACE -> {
        Instant graceEnd = graceEndsAt == null ? now.plus(GRACE_TIME) : graceEndsAt;
        yield entitled(to, planNotPaid(told), over, graceEnd, told, graceEnd, now);
      }
      case TRIAL_REQUESTED -> throw new IllegalStateException("Stripe requests no trial");
    };
  }

  /** The plan stays, unless no month of it was ever paid, or one was had for nothing before. */
  private static String planNotPaid(AtStripe told) {
    return told.staysUnpaid() ? told.planId() : Plan.FREE;
  }

  /** Whether its end now is that of a plan that was had, and not paid for. */
  private boolean losesPlan() {
    return isInArrears() && !Plan.FREE.equals(planId);
  }

  /** Whether a trial runs, or is being begun. */
  boolean isTrying() {
    return status == SubscriptionStatus.TRIAL_REQUESTED || status == SubscriptionStatus.TRIALING;
  }

  /** Whether Stripe charges it, or will. */
  boolean isExpectedToPay() {
    return switch (status) {
      case TRIALING, ACTIVE, PAST_DUE -> true;
      case FREE, TRIAL_REQUESTED, GRACE -> false;
    };
  }

  /** Whether who does not want it any more owes nothing for what it has: then it ends at once. */
  boolean canEndAtOnce() {
    return status == SubscriptionStatus.GRACE
        || (status == SubscriptionStatus.PAST_DUE && Plan.FREE.equals(planId));
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
        atStripe,
        nextCheckAt,
        changedAt);
  }

  /** The same in another currency; nothing runs at Stripe, and nothing was paid. */
  Subscription withCurrency(Currency other) {
    return new Subscription(
        organizationId,
        status,
        planId,
        version,
        other,
        trial,
        graceEndsAt,
        atStripe,
        nextCheckAt,
        changedAt);
  }

  private Subscription entitled(
      SubscriptionStatus to,
      String newPlanId,
      @Nullable Trial newTrial,
      @Nullable Instant newGraceEnd,
      AtStripe told,
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
        told,
        checkAt,
        now);
  }
}
