package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.invoices.InvoicePaid;
import io.cpdevents.sandbox.invoices.InvoiceVoided;
import io.cpdevents.sandbox.invoices.Invoices;
import io.cpdevents.sandbox.invoices.Prorations;
import io.cpdevents.sandbox.invoices.VoidInvoice;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes that wait until their invoice is paid: it applies them, and without it they expire with
 * the invoice.
 */
@Component
class PendingUpdates implements StepHandler {
  static final String KIND = "expire-pending-update";
  private static final Duration MAX_WAIT_TIME = Duration.ofHours(23);
  private static final String PENDING_UPDATE = "pending_update";

  /** The inner fact of a subscription: the invoice that its change waits for. */
  private static final String INVOICE = "pending_invoice";

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final Prorations prorations;
  private final VoidInvoice voidInvoice;

  PendingUpdates(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      Prorations prorations,
      VoidInvoice voidInvoice) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.prorations = prorations;
    this.voidInvoice = voidInvoice;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  /** The time is over: the invoice is voided, and the change with it. */
  @Override
  public void perform(String subscriptionId) {
    String invoice = objects.lockExisting(Subscriptions.KIND, subscriptionId).innerText(INVOICE);
    if (invoice != null) {
      voidInvoice.voidOpen(invoice);
    }
  }

  /** Lets a change of a locked subscription wait for its open invoice. */
  void hold(StripeObject subscription, StripeObject invoice, ObjectNode changed) {
    long expiresAt =
        Math.min(
            clock.epochSecond() + MAX_WAIT_TIME.toSeconds(),
            SubscriptionItems.periodEnd(subscription));
    ObjectNode update = subscription.body().putObject(PENDING_UPDATE);
    update.putNull("billing_cycle_anchor");
    update.put("expires_at", expiresAt);
    update.putArray("subscription_items").add(changed.deepCopy());
    if (ChangePrice.startsAnew(subscription, changed)) {
      update.set("trial_end", changed.get("current_period_start"));
    } else {
      update.putNull("trial_end");
    }
    update.putNull("trial_from_plan");
    subscription.inner().put(INVOICE, invoice.id());
    objects.save(subscription);
    steps.planAt(expiresAt, KIND, subscription.id());
  }

  /** Gives up the change of a locked subscription that waits, because of another one. */
  void discard(StripeObject subscription) {
    String invoice = subscription.innerText(INVOICE);
    if (invoice == null) {
      return;
    }
    forget(subscription);
    events.record("customer.subscription.pending_update_expired", subscription);
    voidInvoice.voidOpen(invoice);
  }

  @EventListener
  void on(InvoicePaid paid) {
    StripeObject invoice = paid.invoice();
    if (!(invoice.inner().get(Invoices.CHANGE) instanceof ObjectNode changed)) {
      return;
    }
    StripeObject subscription =
        objects.lockExisting(Subscriptions.KIND, Invoices.subscriptionOf(invoice));
    ObjectNode before = subscription.body().deepCopy();
    ChangePrice.apply(subscription, changed, steps);
    prorations.takeOver(subscription, invoice);
    if (!invoice.id().equals(subscription.innerText(INVOICE))) {
      // It was paid at once: whoever changes the subscription records that.
      objects.save(subscription);
      return;
    }
    forget(subscription);
    events.record("customer.subscription.pending_update_applied", subscription);
    events.recordChange("customer.subscription.updated", subscription, before);
  }

  @EventListener
  void on(InvoiceVoided voided) {
    StripeObject invoice = voided.invoice();
    if (!invoice.inner().has(Invoices.CHANGE)) {
      return;
    }
    StripeObject subscription =
        objects.lockExisting(Subscriptions.KIND, Invoices.subscriptionOf(invoice));
    if (!invoice.id().equals(subscription.innerText(INVOICE))) {
      return;
    }
    ObjectNode before = subscription.body().deepCopy();
    forget(subscription);
    events.record("customer.subscription.pending_update_expired", subscription);
    events.recordChange("customer.subscription.updated", subscription, before);
  }

  private void forget(StripeObject subscription) {
    subscription.body().putNull(PENDING_UPDATE);
    subscription.inner().remove(INVOICE);
    objects.save(subscription);
    steps.cancel(KIND, subscription.id());
  }
}
