package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.GiveUpInvoices;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The grace of a plan that was not paid is over: its subscription at Stripe is cancelled, and what
 * Stripe says of that is taken over. To cancel twice does no harm.
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
    Subscription subscription = subscriptions.find(organizationId).orElseThrow();
    String stripeId = subscription.stripeId();
    if (stripeId != null && subscription.isGraceOver(clock.instant())) {
      end(organizationId, stripeId);
    }
  }

  /** A card that is charged at this moment may pay: then the plan waits for the answer. */
  private void end(UUID organizationId, String stripeId) {
    if (!giveUpInvoices.handle(stripeId)) {
      return;
    }
    settleSubscription.handle(stripeId);
    if (subscriptions.find(organizationId).orElseThrow().isGraceOver(clock.instant())) {
      stripe.cancel(stripeId);
      settleSubscription.handle(stripeId);
    }
  }
}
