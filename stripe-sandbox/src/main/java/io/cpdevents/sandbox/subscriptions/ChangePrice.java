package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.invoices.CollectInvoice;
import io.cpdevents.sandbox.invoices.FinalizeInvoice;
import io.cpdevents.sandbox.invoices.InvoiceItems;
import io.cpdevents.sandbox.invoices.Invoices;
import io.cpdevents.sandbox.invoices.Prorations;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.subscriptions.PriceChange.Prorating;
import io.cpdevents.sandbox.time.PlannedSteps;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Changes the price of a subscription within its period, which stays as it is. */
@Component
class ChangePrice {
  private final StripeObjects objects;
  private final Prorations prorations;
  private final Invoices invoices;
  private final InvoiceItems invoiceItems;
  private final FinalizeInvoice finalizeInvoice;
  private final CollectInvoice collectInvoice;
  private final PendingUpdates pendingUpdates;
  private final PlannedSteps steps;

  ChangePrice(
      StripeObjects objects,
      Prorations prorations,
      Invoices invoices,
      InvoiceItems invoiceItems,
      FinalizeInvoice finalizeInvoice,
      CollectInvoice collectInvoice,
      PendingUpdates pendingUpdates,
      PlannedSteps steps) {
    this.objects = objects;
    this.prorations = prorations;
    this.invoices = invoices;
    this.invoiceItems = invoiceItems;
    this.finalizeInvoice = finalizeInvoice;
    this.collectInvoice = collectInvoice;
    this.pendingUpdates = pendingUpdates;
    this.steps = steps;
  }

  /** The lines that a change costs, as its preview and its invoice have them. */
  List<ObjectNode> prorated(StripeObject subscription, PriceChange change) {
    ObjectNode changed = change.applied(SubscriptionItems.of(subscription));
    if (change.endsTrial()) {
      return List.of(prorations.firstMonth(subscription, changed));
    }
    return change.prorations() == Prorating.NONE
        ? List.of()
        : prorations.of(subscription, changed, change.date());
  }

  /** Changes a locked subscription; its caller saves it and records that. */
  void handle(StripeObject subscription, PriceChange change, PaymentBehavior behavior) {
    pendingUpdates.discard(subscription);
    ObjectNode changed = change.applied(SubscriptionItems.of(subscription));
    List<ObjectNode> lines = prorated(subscription, change);
    if (change.endsTrial()) {
      invoice(subscription, lines, changed, behavior);
      return;
    }
    invoiceItems.add(subscription, lines);
    if (lines.isEmpty() || change.prorations() != Prorating.ALWAYS_INVOICE) {
      if (!lines.isEmpty()) {
        prorations.remember(subscription, lines, changed);
      }
      apply(subscription, changed, steps);
    } else {
      invoice(subscription, lines, changed, behavior);
    }
  }

  private void invoice(
      StripeObject subscription,
      List<ObjectNode> lines,
      ObjectNode changed,
      PaymentBehavior behavior) {
    boolean endsTrial = startsAnew(subscription, changed);
    StripeObject invoice = invoices.draftChange(subscription, endsTrial ? lines : List.of());
    lines.getLast().put("invoice", invoice.id());
    subscription.body().put("latest_invoice", invoice.id());
    if (behavior == PaymentBehavior.ALLOW_INCOMPLETE) {
      Invoices.follow(subscription, invoice);
      prorations.remember(subscription, lines, changed);
      apply(subscription, changed, steps);
    } else {
      prorations.remember(invoice, lines, changed);
      invoice.inner().set(Invoices.CHANGE, changed);
    }
    // What pays the invoice finds this very object in the transaction, and applies the change.
    objects.save(subscription);
    finalizeInvoice.finalizeNow(invoice);
    if (!Invoices.isOpen(invoice)) {
      return;
    }
    if (behavior == PaymentBehavior.ERROR_IF_INCOMPLETE) {
      try {
        collectInvoice.chargeNow(invoice, null);
      } catch (StripeRefusal declined) {
        throw declined.withoutChanges();
      }
      return;
    }
    collectInvoice.charge(invoice);
    if (Invoices.isOpen(invoice) && behavior == PaymentBehavior.PENDING_IF_INCOMPLETE) {
      pendingUpdates.hold(subscription, invoice, changed);
    }
  }

  /** Whether the change begins a period of its own, because it ends a trial. */
  static boolean startsAnew(StripeObject subscription, ObjectNode changed) {
    return changed.path("current_period_end").longValue()
        != SubscriptionItems.periodEnd(subscription);
  }

  static void apply(StripeObject subscription, ObjectNode changed, PlannedSteps steps) {
    ObjectNode item = SubscriptionItems.of(subscription);
    SubscriptionItems.set(
        item, (ObjectNode) changed.get("price"), changed.path("quantity").longValue());
    if (startsAnew(subscription, changed)) {
      endTrial(subscription, changed, steps);
    }
  }

  private static void endTrial(StripeObject subscription, ObjectNode changed, PlannedSteps steps) {
    long start = changed.path("current_period_start").longValue();
    long end = changed.path("current_period_end").longValue();
    ObjectNode item = SubscriptionItems.of(subscription);
    item.put("current_period_start", start);
    item.put("current_period_end", end);
    subscription.body().put("trial_end", start);
    subscription.body().put("billing_cycle_anchor", start);
    subscription.body().put("status", "active");
    for (String kind : List.of(EndTrial.KIND, AnnounceTrialEnd.KIND, AnnounceInvoice.KIND)) {
      steps.cancel(kind, subscription.id());
    }
    steps.planAt(end, BeginPeriod.KIND, subscription.id());
    steps.planAt(end - AnnounceInvoice.NOTICE.toSeconds(), AnnounceInvoice.KIND, subscription.id());
  }
}
