package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.platform.text.OpenWord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an organization, as its people see it.
 *
 * @param planId what it is entitled to
 * @param currency in which it pays
 * @param trialEndsAt null when it tries nothing
 * @param period that is paid or tried; on the Free plan the calendar month (UTC)
 * @param scheduledChange the plan that comes at the end of the period; null when it stays
 * @param pendingChange a change that is under way; null when none is
 * @param authenticationUrl where the payment of a month that is open is authenticated; null when no
 *     bank asks for that
 * @param graceEndsAt until when the plan stays although it is not paid; null outside of grace
 * @param cancelAtPeriodEnd whether it is over with the period
 * @param paymentMethodRequired whether the next charge has no valid payment method
 */
@Schema(name = "Subscription")
public record SubscriptionView(
    @Schema(pattern = OpenWord.FORM) String planId,
    Status status,
    Currency currency,
    @Nullable Instant trialEndsAt,
    Period period,
    @Nullable ScheduledChange scheduledChange,
    @Nullable PendingChange pendingChange,
    @Nullable String authenticationUrl,
    @Nullable Instant graceEndsAt,
    boolean cancelAtPeriodEnd,
    boolean paymentMethodRequired) {

  /** How it stands. */
  @Schema(name = "SubscriptionStatus")
  public enum Status {
    FREE,
    TRIALING,
    ACTIVE,
    PAST_DUE,
    GRACE
  }

  /** From its start to its end, exclusive. */
  @Schema(name = "SubscriptionPeriod")
  public record Period(Instant start, Instant end) {}

  /** Another plan, and when it begins. */
  @Schema(name = "ScheduledPlanChange")
  public record ScheduledChange(@Schema(pattern = OpenWord.FORM) String planId, Instant at) {}

  /**
   * Another plan that begins as soon as it is paid.
   *
   * @param authenticationUrl where the payment is authenticated; null when nobody has asked for
   *     that
   */
  @Schema(name = "PendingPlanChange")
  public record PendingChange(
      @Schema(pattern = OpenWord.FORM) String planId, @Nullable String authenticationUrl) {}

  static SubscriptionView of(
      Subscription subscription,
      Period period,
      boolean renews,
      boolean canPay,
      @Nullable PlanChange change,
      @Nullable String authenticationUrl) {
    Trial trial = subscription.trial();
    boolean isTrialing = subscription.status() == SubscriptionStatus.TRIALING;
    return new SubscriptionView(
        subscription.planId(),
        status(subscription.status()),
        subscription.currency(),
        trial != null && isTrialing ? trial.endsAt() : null,
        period,
        scheduled(subscription, period, renews, change),
        pending(change),
        authenticationUrl,
        subscription.graceEndsAt(),
        !renews && status(subscription.status()) != Status.FREE,
        renews && !canPay && status(subscription.status()) != Status.FREE);
  }

  /** A plan that ends with its month is followed by Free. */
  private static @Nullable ScheduledChange scheduled(
      Subscription subscription, Period period, boolean renews, @Nullable PlanChange change) {
    if (change != null && change.kind() == PlanChange.Kind.DOWNGRADE) {
      return new ScheduledChange(change.planId(), change.effectiveAt());
    }
    return renews || status(subscription.status()) == Status.FREE
        ? null
        : new ScheduledChange(Plan.FREE, period.end());
  }

  private static @Nullable PendingChange pending(@Nullable PlanChange change) {
    return change == null || change.kind() == PlanChange.Kind.DOWNGRADE
        ? null
        : new PendingChange(change.planId(), change.authenticationUrl());
  }

  private static Status status(SubscriptionStatus status) {
    return switch (status) {
      case FREE, TRIAL_REQUESTED -> Status.FREE;
      case TRIALING -> Status.TRIALING;
      case ACTIVE -> Status.ACTIVE;
      case PAST_DUE -> Status.PAST_DUE;
      case GRACE -> Status.GRACE;
    };
  }
}
