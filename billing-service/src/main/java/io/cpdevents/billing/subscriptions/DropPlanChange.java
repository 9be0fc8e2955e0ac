package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import org.springframework.stereotype.Component;

/**
 * What waits for the money of a change of plan is dropped at Stripe, so that nobody can pay it any
 * more, and what waits for the next month so that it does not come.
 */
@Component
class DropPlanChange {

  /** A change, and its subscription as it is now. */
  record Command(PlanChange change, StripeSubscription told) {}

  private final PlanChanges changes;
  private final StripeSubscriptions stripe;
  private final StripeInvoices invoices;

  DropPlanChange(PlanChanges changes, StripeSubscriptions stripe, StripeInvoices invoices) {
    this.changes = changes;
    this.stripe = stripe;
    this.invoices = invoices;
  }

  /**
   * Drops it, if something waits.
   *
   * @throws StripeRefused when it was paid meanwhile, or has come
   */
  void handle(Command command) {
    switch (command.change().kind()) {
      case PURCHASE -> dropPurchase(command);
      case UPGRADE -> dropUpgrade(command);
      case DOWNGRADE -> dropDowngrade(command);
    }
  }

  private void dropUpgrade(Command command) {
    StripeSubscription told = command.told();
    String invoiceId = told.latestInvoiceId();
    if (told.pendingUntil() != null && invoiceId != null) {
      makeVoid(command.change(), invoiceId);
    }
  }

  private void dropDowngrade(Command command) {
    String scheduleId = command.told().scheduleId();
    if (scheduleId == null) {
      return;
    }
    PlanChange change = command.change();
    try {
      stripe.release(scheduleId, change.key("plan-release"));
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      changes.beginNextAttempt(change);
      throw failed;
    }
  }

  /**
   * Stripe cancels also what was paid a moment ago; voiding an invoice and paying it exclude each
   * other.
   */
  private void dropPurchase(Command command) {
    StripeSubscription told = command.told();
    if (told.status() != StripeSubscription.Status.OPEN) {
      return;
    }
    String invoiceId = told.latestInvoiceId();
    if (invoiceId != null) {
      makeVoidUnlessSo(command.change(), invoiceId);
    }
    stripe.cancel(told.id());
  }

  private void makeVoidUnlessSo(PlanChange change, String invoiceId) {
    try {
      makeVoid(change, invoiceId);
    } catch (StripeRefused refused) {
      boolean isVoid =
          invoices
              .invoice(invoiceId)
              .filter(invoice -> invoice.status() == StripeInvoice.Status.VOID)
              .isPresent();
      if (!isVoid) {
        throw refused;
      }
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
