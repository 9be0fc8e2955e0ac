package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.invoices.CollectInvoice;
import io.cpdevents.sandbox.invoices.FinalizeInvoice;
import io.cpdevents.sandbox.invoices.Invoices;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.springframework.stereotype.Component;

/** Begins subscriptions with a month that is charged, at once or as their schedule wants. */
@Component
public class StartSubscription {
  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final Customers customers;
  private final SubscriptionItems items;
  private final Invoices invoices;
  private final FinalizeInvoice finalizeInvoice;
  private final CollectInvoice collectInvoice;

  StartSubscription(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      Customers customers,
      SubscriptionItems items,
      Invoices invoices,
      FinalizeInvoice finalizeInvoice,
      CollectInvoice collectInvoice) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.customers = customers;
    this.items = items;
    this.invoices = invoices;
    this.finalizeInvoice = finalizeInvoice;
    this.collectInvoice = collectInvoice;
  }

  /** Charges the first month of a new subscription, which is active as soon as that is paid. */
  void charge(StripeObject subscription, PaymentBehavior behavior) {
    StripeObject invoice = invoices.draftFirst(subscription);
    subscription.body().put("latest_invoice", invoice.id());
    // What pays the invoice finds this very object in the transaction, and makes it active.
    objects.save(subscription);
    planPeriodEnd(subscription);
    finalizeInvoice.finalizeNow(invoice);
    if (Invoices.isOpen(invoice)) {
      collect(invoice, behavior);
    }
    if (Invoices.isOpen(invoice)) {
      steps.planAt(
          clock.epochSecond() + ExpireIncomplete.MAX_WAIT_TIME.toSeconds(),
          ExpireIncomplete.KIND,
          subscription.id());
    }
  }

  /** Shows a trial as an invoice of nothing, which is paid with that. */
  void invoiceTrial(StripeObject subscription) {
    StripeObject invoice = invoices.draftTrial(subscription);
    subscription.body().put("latest_invoice", invoice.id());
    objects.save(subscription);
    finalizeInvoice.finalizeNow(invoice);
  }

  private void collect(StripeObject invoice, PaymentBehavior behavior) {
    switch (behavior) {
      case DEFAULT_INCOMPLETE -> collectInvoice.expectPayment(invoice);
      case ERROR_IF_INCOMPLETE -> {
        try {
          collectInvoice.chargeNow(invoice, null);
        } catch (StripeRefusal declined) {
          throw declined.withoutChanges();
        }
      }
      case ALLOW_INCOMPLETE, PENDING_IF_INCOMPLETE -> collectInvoice.charge(invoice);
    }
  }

  /** Begins a subscription for its schedule, whose first invoice is a draft for an hour. */
  public StripeObject ofSchedule(String account, String customer, String priceId, long quantity) {
    customers.require(account, customer, "customer");
    long now = clock.epochSecond();
    StripeObject subscription =
        StripeObject.shaped(account, Subscriptions.KIND, StripeIds.next("sub"), now);
    subscription.body().put("customer", customer);
    subscription.body().put("billing_cycle_anchor", now);
    subscription.body().put("start_date", now);
    subscription.body().put("status", "active");
    SubscriptionItems.add(
        subscription,
        items.price(account, priceId, "phases[0][items][0][price]"),
        quantity,
        now,
        BeginPeriod.monthAfter(now, now));
    objects.add(subscription);
    subscription
        .body()
        .put("latest_invoice", invoices.draftPeriod(subscription, "subscription_create"));
    objects.save(subscription);
    events.record("customer.subscription.created", subscription);
    planPeriodEnd(subscription);
    return subscription;
  }

  private void planPeriodEnd(StripeObject subscription) {
    long end = SubscriptionItems.periodEnd(subscription);
    steps.planAt(end, BeginPeriod.KIND, subscription.id());
    steps.planAt(end - AnnounceInvoice.NOTICE.toSeconds(), AnnounceInvoice.KIND, subscription.id());
  }
}
