package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.platform.stripe.StripeFailed;
import org.springframework.stereotype.Component;

/**
 * What waits for the money of a change of plan is dropped at Stripe, so that nobody can pay it any
 * more.
 */
@Component
class DropPlanChange {

  /** A change that is charged, and its subscription as it is now. */
  record Command(PlanChange change, StripeSubscription told) {}

  private final PlanChanges changes;
  private final StripeSubscriptions stripe;
  private final StripeInvoices invoices;

  DropPlanChange(PlanChanges changes, StripeSubscriptions stripe, StripeInvoices invoices) {
    this.changes = changes;
    this.stripe = stripe;
    this.invoices = invoices;
  }

  /** Drops it, if something waits. */
  void handle(Command command) {
    StripeSubscription told = command.told();
    String invoiceId = told.latestInvoiceId();
    if (command.change().kind() == PlanChange.Kind.PURCHASE) {
      stripe.cancel(told.id());
    } else if (told.pendingUntil() != null && invoiceId != null) {
      makeVoid(command.change(), invoiceId);
    }
  }

  private void makeVoid(PlanChange change, String invoiceId) {
    try {
      invoices.makeVoid(invoiceId, change.dropKey());
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      changes.beginNextDrop(change);
      throw failed;
    }
  }
}
