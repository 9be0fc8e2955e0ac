package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.GiveUpInvoices;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * The grace of a plan that was not paid is over, or its organization does not want it any more: its
 * subscription at Stripe is cancelled, and what Stripe says of that is taken over. To cancel twice
 * does no harm.
 */
@Component
class EndPlan {

  private final Subscriptions subscriptions;
  private final SettleSubscription settleSubscription;
  private final GiveUpInvoices giveUpInvoices;
  private final StripeSubscriptions stripe;
  private final Clock clock;

  EndPlan(
      Subscriptions subscriptions,
      SettleSubscription settleSubscription,
      GiveUpInvoices giveUpInvoices,
      StripeSubscriptions stripe,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.settleSubscription = settleSubscription;
    this.giveUpInvoices = giveUpInvoices;
    this.stripe = stripe;
    this.clock = clock;
  }

  /** Ends it, unless it was paid meanwhile or its grace is not over. */
  void handle(UUID organizationId) {
    end(organizationId, subscription -> subscription.isGraceOver(clock.instant()));
  }

  /**
   * Ends one that is not paid, and that its organization does not want any more.
   *
   * @return false when a card is being charged for it now
   */
  boolean atOnce(UUID organizationId) {
    return end(organizationId, Subscription::canEndAtOnce);
  }

  /** A card that is charged at this moment may pay: then the plan waits for the answer. */
  private boolean end(UUID organizationId, Predicate<Subscription> isToEnd) {
    Subscription subscription = subscriptions.find(organizationId).orElseThrow();
    String stripeId = subscription.stripeId();
    if (stripeId == null || !isToEnd.test(subscription)) {
      return true;
    }
    if (!giveUpInvoices.handle(stripeId)) {
      return false;
    }
    settleSubscription.handle(stripeId);
    if (isToEnd.test(subscriptions.find(organizationId).orElseThrow())) {
      stripe.cancel(stripeId);
      settleSubscription.handle(stripeId);
    }
    return true;
  }
}
