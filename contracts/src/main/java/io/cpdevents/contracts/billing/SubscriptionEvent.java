package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people of an organization are told about its plan. */
public sealed interface SubscriptionEvent extends Event {

  UUID organizationId();

  @Override
  default Topic topic() {
    return Topic.BILLING_SUBSCRIPTIONS;
  }

  @Override
  default String key() {
    return organizationId().toString();
  }

  /** The organization has begun to try a plan. */
  record TrialStarted(UUID organizationId, String planId, Instant trialEndsAt, Instant startedAt)
      implements SubscriptionEvent {}

  /**
   * The trial ends soon.
   *
   * @param daysBefore how many days before the end this is told: 3 or 1
   * @param isCharged whether there is a card that pays for the plan from then on; null: no
   */
  record TrialEndNear(
      UUID organizationId,
      String planId,
      int daysBefore,
      Instant trialEndsAt,
      @Nullable Boolean isCharged)
      implements SubscriptionEvent {}

  /**
   * The first month after the trial is paid.
   *
   * @param planId the plan that was tried and is paid
   * @param total what was charged: nothing when a credit has paid it
   * @param paidUntil when the next month begins
   */
  record TrialPaid(
      UUID organizationId, String planId, MoneyAmount total, Instant paidUntil, Instant paidAt)
      implements SubscriptionEvent {}

  /**
   * A month of the plan could not be charged, and Stripe tries again.
   *
   * @param attempt how often it was tried, from 1
   * @param nextAttemptAt when it is tried again
   * @param declineCode why, in Stripe's word, or {@code no_payment_method}; null when nobody knows
   */
  record RenewalFailed(
      UUID organizationId,
      String planId,
      int attempt,
      MoneyAmount total,
      Instant nextAttemptAt,
      Instant failedAt,
      @Nullable String declineCode)
      implements SubscriptionEvent {}

  /**
   * A month of the plan could not be charged, and Stripe does not try again.
   *
   * @param graceEndsAt when the plan is over, unless the month is paid until then
   * @param declineCode why, in Stripe's word, or {@code no_payment_method}; null when nobody knows.
   *     When the bank wants whoever has the card to authenticate the payment, it is {@code
   *     authentication_required}, and the link for that is shown with the plan
   */
  record GraceStarted(
      UUID organizationId,
      String planId,
      MoneyAmount total,
      Instant graceEndsAt,
      Instant startedAt,
      @Nullable String declineCode)
      implements SubscriptionEvent {}

  /** What could not be charged is paid. */
  record RenewalRecovered(UUID organizationId, String planId, Instant recoveredAt)
      implements SubscriptionEvent {}

  /**
   * The bank of the card that has paid a month disputes that, or asks about it.
   *
   * @param isInquiry whether the bank only asks, and has taken nothing
   */
  record PlanPaymentDisputed(
      UUID organizationId, MoneyAmount amount, boolean isInquiry, Instant disputedAt)
      implements SubscriptionEvent {}

  /**
   * The plan is over, because it was not paid.
   *
   * @param nextPlanId the plan that the organization has now
   * @param entitlementsVersion of the entitlements that go with it; null: not known
   */
  record PlanLost(
      UUID organizationId,
      String planId,
      String nextPlanId,
      Instant lostAt,
      @Nullable Long entitlementsVersion)
      implements SubscriptionEvent {}

  /**
   * The trial has ended without a card.
   *
   * @param planId the plan that was tried
   * @param nextPlanId the plan that the organization has now
   * @param entitlementsVersion of the entitlements that go with it; null: not known
   */
  record TrialEnded(
      UUID organizationId,
      String planId,
      String nextPlanId,
      Instant endedAt,
      @Nullable Long entitlementsVersion)
      implements SubscriptionEvent {}

  /**
   * The organization has another plan: a change is paid or its time has come, or it was made at
   * Stripe.
   *
   * @param previousPlanId the plan that it had
   */
  record PlanChanged(UUID organizationId, String planId, String previousPlanId, Instant changedAt)
      implements SubscriptionEvent {}

  /**
   * A smaller plan begins with the next month.
   *
   * @param planId the plan until then
   * @param effectiveAt when it begins
   */
  record PlanChangeScheduled(
      UUID organizationId,
      String planId,
      String nextPlanId,
      Instant effectiveAt,
      Instant scheduledAt)
      implements SubscriptionEvent {}

  /**
   * A change of plan was called off.
   *
   * @param planId the plan that stays
   * @param nextPlanId the plan that does not come
   */
  record PlanChangeCalledOff(
      UUID organizationId, String planId, String nextPlanId, Instant calledOffAt)
      implements SubscriptionEvent {}

  /**
   * The bank wants whoever has the card to authenticate what a change of plan costs. The link is
   * shown with the plan.
   *
   * @param planId the plan that stays until then
   * @param expiresAt until when the bank waits
   */
  record PlanChangeNeedsAuthentication(
      UUID organizationId, String planId, String nextPlanId, Instant expiresAt, Instant requestedAt)
      implements SubscriptionEvent {}

  /**
   * A change of plan came to nothing, and nothing was charged.
   *
   * @param planId the plan that stays
   * @param declineCode why the card was declined, in Stripe's word; null when it was not, or nobody
   *     knows
   */
  record PlanChangeFailed(
      UUID organizationId,
      String planId,
      String nextPlanId,
      @Nullable String declineCode,
      Instant failedAt)
      implements SubscriptionEvent {}

  /**
   * The plan is over with its month, because it was cancelled.
   *
   * @param nextPlanId the plan that the organization has now
   * @param entitlementsVersion of the entitlements that go with it; null: not known
   */
  record PlanEnded(
      UUID organizationId,
      String planId,
      String nextPlanId,
      Instant endedAt,
      @Nullable Long entitlementsVersion)
      implements SubscriptionEvent {}

  /**
   * The card that pays expires soon.
   *
   * @param paymentMethodId Stripe's id of it
   * @param daysBefore how many days before the end this is told: 30, 7 or 1
   * @param expiresAt the end of its last month (UTC)
   */
  record CardExpiryNear(
      UUID organizationId,
      String paymentMethodId,
      String brand,
      String last4,
      int daysBefore,
      Instant expiresAt)
      implements SubscriptionEvent {}

  /**
   * The card that has paid has expired or is gone, and another one pays from now on.
   *
   * @param paymentMethodId Stripe's id of the one that pays now
   * @param replacedLast4 the last digits of the one before
   */
  record DefaultCardReplaced(
      UUID organizationId,
      String paymentMethodId,
      String brand,
      String last4,
      String replacedBrand,
      String replacedLast4,
      Instant replacedAt)
      implements SubscriptionEvent {}

  /**
   * A month of the plan is not paid, and the card in place of the one that was declined could not
   * be charged either. Told once each time such a card is charged for an invoice.
   *
   * @param paymentMethodId Stripe's id of it
   * @param declineCode why, in Stripe's word; null when nobody knows
   * @param graceEndsAt when the plan is over, unless the month is paid until then; null while
   *     Stripe tries again
   */
  record ReplacementCardDeclined(
      UUID organizationId,
      String planId,
      String paymentMethodId,
      String brand,
      String last4,
      MoneyAmount total,
      @Nullable String declineCode,
      @Nullable Instant graceEndsAt,
      Instant declinedAt)
      implements SubscriptionEvent {}

  /**
   * A later month of the plan is paid, and an earlier one is still open, which nobody tries to
   * charge any more. Told with each month that is paid meanwhile, and when Stripe gives it up.
   *
   * @param total of the earlier month
   * @param monthStartedAt when that month began
   */
  record EarlierMonthLeftOpen(
      UUID organizationId,
      String planId,
      MoneyAmount total,
      Instant monthStartedAt,
      Instant leftOpenAt)
      implements SubscriptionEvent {}

  /** The plan goes on, and no valid card is left that would pay for it. */
  record PaymentMethodMissing(UUID organizationId, Instant missingSince)
      implements SubscriptionEvent {}
}
