package io.cpdevents.billing.subscriptions;

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
 * @param graceEndsAt until when the plan stays although it is not paid; null outside of grace
 * @param cancelAtPeriodEnd whether it is over with the period
 * @param paymentMethodRequired whether the next charge has no valid payment method
 */
@Schema(name = "Subscription")
public record SubscriptionView(
    String planId,
    Status status,
    Currency currency,
    @Nullable Instant trialEndsAt,
    Period period,
    @Nullable ScheduledChange scheduledChange,
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
  public record ScheduledChange(String planId, Instant at) {}

  static SubscriptionView of(Subscription subscription, Period period, boolean canPay) {
    Trial trial = subscription.trial();
    boolean isTrialing = subscription.status() == SubscriptionStatus.TRIALING;
    return new SubscriptionView(
        subscription.planId(),
        status(subscription.status()),
        subscription.currency(),
        trial != null && isTrialing ? trial.endsAt() : null,
        period,
        null,
        null,
        false,
        !canPay && (isTrialing || subscription.status() == SubscriptionStatus.ACTIVE));
  }

  private static Status status(SubscriptionStatus status) {
    return switch (status) {
      case FREE, TRIAL_REQUESTED -> Status.FREE;
      case TRIALING -> Status.TRIALING;
      case ACTIVE -> Status.ACTIVE;
    };
  }
}
