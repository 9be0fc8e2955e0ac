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
    @Nullable String stripeId,
    @Nullable Instant nextCheckAt,
    Instant changedAt) {

  /** Who requests a trial asks Stripe at once; after this time somebody else does. */
  private static final Duration REQUEST_TIME = Duration.ofSeconds(45);

  /** Stripe's webhook comes first, as a rule. */
  private static final Duration WEBHOOK_TIME = Duration.ofSeconds(45);

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
                  now));
    };
  }

  /** The subscription after what Stripe says about it; empty when that changes nothing. */
  Optional<Subscription> on(SubscriptionTrigger told, String subscriptionId, Instant now) {
    return switch (next(told)) {
      case Ignored<SubscriptionStatus> _ -> Optional.empty();
      case Changed<SubscriptionStatus>(SubscriptionStatus to, _) ->
          Optional.of(
              switch (to) {
                case FREE ->
                    entitled(to, Plan.FREE, requiredTrial().over(), subscriptionId, null, now);
                case ACTIVE ->
                    entitled(
                        to,
                        requiredTrial().planId(),
                        requiredTrial().over(),
                        subscriptionId,
                        null,
                        now);
                case TRIALING ->
                    entitled(
                        to,
                        requiredTrial().planId(),
                        requiredTrial(),
                        subscriptionId,
                        requiredTrial().endsAt().plus(WEBHOOK_TIME),
                        now);
                case TRIAL_REQUESTED -> throw new IllegalStateException("Stripe requests no trial");
              });
    };
  }

  private Outcome<SubscriptionStatus> next(SubscriptionTrigger trigger) {
    return SubscriptionStatus.TRANSITIONS.next(status, trigger);
  }

  /** The same with another trial; what it is entitled to stays. */
  Subscription withTrial(Trial other) {
    return new Subscription(
        organizationId, status, planId, version, currency, other, stripeId, nextCheckAt, changedAt);
  }

  private Subscription entitled(
      SubscriptionStatus to,
      String newPlanId,
      Trial newTrial,
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
        subscriptionId,
        checkAt,
        now);
  }
}
