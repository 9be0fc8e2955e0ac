package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.stripe.StripeSubscription;
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
 * An organization changes its plan. Stripe does it; what it says of the subscription decides what
 * became of it. Pure.
 *
 * @param fromPlanId the plan that it has, and keeps unless the change is applied
 * @param prorationDate the second from which on the new price counts
 * @param effectiveAt when the other plan begins
 * @param endsTrial whether a trial is over with it
 * @param attempt part of the keys at Stripe, from 1
 * @param dropAttempt the same of the key under which its invoice is voided
 * @param stripeSubscriptionId null until Stripe has made it
 * @param authenticationUrl where its payment can be authenticated; null when that is not asked for
 * @param declineCode why the card was declined; null when it was not, or Stripe says none
 * @param nextCheckAt when Stripe is asked about it again; null when it is over
 */
record PlanChange(
    UUID id,
    UUID organizationId,
    Kind kind,
    PlanChangeStatus status,
    String fromPlanId,
    String planId,
    Currency currency,
    Instant prorationDate,
    Instant effectiveAt,
    boolean endsTrial,
    int attempt,
    int dropAttempt,
    @Nullable String stripeSubscriptionId,
    @Nullable String authenticationUrl,
    @Nullable String declineCode,
    @Nullable Instant nextCheckAt,
    Instant requestedAt,
    Instant changedAt) {

  /** What Stripe does for it. */
  enum Kind {
    /** There is no subscription yet. */
    PURCHASE,
    /** The subscription has another price at once. */
    UPGRADE,
    /** It has another price from the next month on. */
    DOWNGRADE
  }

  /** Who requests it asks Stripe at once, and a webhook comes soon; after this time a job asks. */
  private static final Duration ANSWER_TIME = Duration.ofSeconds(45);

  /** As long as Stripe is sure to know a key; after that it is only asked what there is. */
  private static final Duration KEY_TIME = Duration.ofHours(23);

  /** How long Stripe waits for the payment. */
  private static final Duration PENDING_TIME = Duration.ofHours(23);

  /** What somebody wants. */
  record Wanted(
      UUID id,
      UUID organizationId,
      Kind kind,
      String fromPlanId,
      String planId,
      Currency currency,
      Instant prorationDate,
      Instant effectiveAt,
      boolean endsTrial,
      @Nullable String stripeSubscriptionId) {}

  static PlanChange requested(Wanted wanted, Instant now) {
    return new PlanChange(
        wanted.id(),
        wanted.organizationId(),
        wanted.kind(),
        PlanChangeStatus.REQUESTED,
        wanted.fromPlanId(),
        wanted.planId(),
        wanted.currency(),
        wanted.prorationDate(),
        wanted.effectiveAt(),
        wanted.endsTrial(),
        1,
        1,
        wanted.stripeSubscriptionId(),
        null,
        null,
        now.plus(ANSWER_TIME),
        now,
        now);
  }

  /** The idempotency key at Stripe of a step. */
  String key(String step) {
    return "%s:%s:%d".formatted(step, id, attempt);
  }

  /** The idempotency key at Stripe of voiding its invoice. */
  String dropKey() {
    return "plan-void:%s:%d".formatted(id, dropAttempt);
  }

  /** Whether Stripe still knows what it has answered under the keys. */
  boolean isKeyKnown(Instant now) {
    return now.isBefore(requestedAt.plus(KEY_TIME));
  }

  /** Until when Stripe waits for its payment. */
  Instant authenticationEndsAt() {
    return requestedAt.plus(PENDING_TIME);
  }

  /** Whether it is about this subscription. */
  boolean isAbout(StripeSubscription told) {
    return kind == Kind.PURCHASE
        ? id.equals(told.changeId())
        : told.id().equals(stripeSubscriptionId);
  }

  /** Stripe's id of the subscription. */
  String requiredSubscription() {
    return Objects.requireNonNull(stripeSubscriptionId);
  }

  /**
   * The change after what was seen at Stripe; empty when that changes nothing.
   *
   * @throws io.cpdevents.platform.error.RuleViolation 409 {@code wrong-state} when it cannot be
   *     called off
   */
  Optional<PlanChange> on(SeenPlanChange seen, Instant now) {
    return switch (PlanChangeStatus.TRANSITIONS.next(status, seen.trigger())) {
      case Ignored<PlanChangeStatus> _ -> Optional.empty();
      case Changed<PlanChangeStatus>(PlanChangeStatus to, _) -> Optional.of(moved(to, seen, now));
    };
  }

  private PlanChange moved(PlanChangeStatus to, SeenPlanChange seen, Instant now) {
    Instant checkAt =
        switch (to) {
          case REQUESTED, AWAITING_AUTHENTICATION, CALL_OFF_REQUESTED -> now.plus(ANSWER_TIME);
          case SCHEDULED -> effectiveAt.plus(ANSWER_TIME);
          case APPLIED, FAILED, EXPIRED, CALLED_OFF -> null;
        };
    return new PlanChange(
        id,
        organizationId,
        kind,
        to,
        fromPlanId,
        planId,
        currency,
        prorationDate,
        effectiveAt,
        endsTrial,
        attempt,
        dropAttempt,
        stripeSubscriptionId,
        seen.authenticationUrl(),
        seen.declineCode(),
        checkAt,
        requestedAt,
        now);
  }
}
