package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.billing.stripe.StripeSubscriptions.Preview;
import io.cpdevents.billing.stripe.StripeSubscriptions.UpgradeRequest;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * A larger plan is had by who pays for it. As long as the month is being charged, or is not paid,
 * none begins: Stripe would give back a part of what nobody has paid. Nor does one of which so
 * little would be left to pay that Stripe charges nothing: the next month, with which that would be
 * charged, may never be paid.
 */
@Component
class RefuseUnpaidUpgrade {

  private final EnsurePrice ensurePrice;
  private final StripeSubscriptions stripe;
  private final StripeInvoices invoices;

  RefuseUnpaidUpgrade(
      EnsurePrice ensurePrice, StripeSubscriptions stripe, StripeInvoices invoices) {
    this.ensurePrice = ensurePrice;
    this.stripe = stripe;
    this.invoices = invoices;
  }

  /**
   * What an upgrade costs at a moment.
   *
   * @throws RuleViolation 409 {@code wrong-state} or 422 {@code amount-not-payable}
   */
  Preview handle(PlannedChange planned, Instant prorationDate) {
    String subscriptionId = Objects.requireNonNull(planned.stripeSubscriptionId());
    if (isOfUnpaidMonth(subscriptionId, planned.endsTrial())) {
      throw CommonProblem.WRONG_STATE.violation(
          "The month is being charged. Change the plan when it is paid.");
    }
    StripeSubscription present = stripe.subscription(subscriptionId);
    Preview preview =
        stripe.previewUpgrade(
            new UpgradeRequest(
                subscriptionId,
                present.item().id(),
                ensurePrice.handle(planned.planId(), planned.currency()),
                prorationDate,
                planned.endsTrial()));
    if (preview.isPutOff()) {
      throw CommonProblem.AMOUNT_NOT_PAYABLE.violation(
          "So little would be left to pay that nothing can be charged. Change the plan when the next month is paid.");
    }
    return preview;
  }

  /** Whether Stripe would give back what nobody has paid; of a trial it gives nothing back. */
  boolean isOfUnpaidMonth(String subscriptionId, boolean endsTrial) {
    return !endsTrial && invoices.isMonthUnpaid(subscriptionId);
  }
}
