package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.ChargeCaptured;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Marks an invoice as paid when its payment intent has been charged, whoever has tried it. */
@Component
class PayInvoice {
  static final String PAYMENT = "invoice_payment";

  private final StripeObjects objects;
  private final Invoices invoices;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final ApplicationEventPublisher publisher;

  PayInvoice(
      StripeObjects objects,
      Invoices invoices,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      ApplicationEventPublisher publisher) {
    this.publisher = publisher;
    this.objects = objects;
    this.invoices = invoices;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
  }

  @EventListener
  void on(ChargeCaptured captured) {
    String intentId = captured.charge().text("payment_intent");
    if (intentId == null) {
      return;
    }
    String invoiceId = objects.lockExisting("payment_intent", intentId).innerText(Invoices.KIND);
    if (invoiceId != null) {
      pay(objects.lockExisting(Invoices.KIND, invoiceId));
    }
  }

  private void pay(StripeObject invoice) {
    long attempts = invoice.number("attempt_count");
    boolean isAutomatic = invoice.inner().remove(Invoices.IS_AUTOMATIC) != null;
    if (isAutomatic || attempts == 0) {
      invoice.body().put("attempt_count", attempts + 1);
    }
    settle(invoice, true);
  }

  /** Marks a finalized invoice as paid that charges nothing, or that is paid elsewhere. */
  void payNothing(StripeObject invoice) {
    settle(invoice, false);
  }

  private void settle(StripeObject invoice, boolean charged) {
    long now = clock.epochSecond();
    ObjectNode body = invoice.body();
    body.put("attempted", true);
    body.put("status", Invoices.PAID);
    body.put("amount_paid", invoice.number("amount_due"));
    body.put("amount_remaining", 0);
    body.put("auto_advance", false);
    body.putNull("next_payment_attempt");
    body.withObjectProperty("status_transitions").put("paid_at", now);
    objects.save(invoice);
    steps.cancel(RetryInvoice.KIND, invoice.id());
    if (charged) {
      payPayment(invoice, now);
    }
    events.record("invoice.paid", invoice);
    events.record("invoice.payment_succeeded", invoice);
    if (!invoice.inner().has(Invoices.CHANGE)) {
      // What a change costs is not the month that may be open.
      recover(invoice);
    }
    publisher.publishEvent(new InvoicePaid(invoice));
  }

  private void payPayment(StripeObject invoice, long now) {
    String id = invoice.innerText(PAYMENT);
    if (id == null) {
      throw new IllegalStateException("No payment of " + invoice.id());
    }
    StripeObject payment = objects.lockExisting(PAYMENT, id);
    payment.body().put("status", Invoices.PAID);
    payment.body().put("amount_paid", invoice.number("amount_paid"));
    payment.body().withObjectProperty("status_transitions").put("paid_at", now);
    objects.save(payment);
    events.record("invoice_payment.paid", payment);
  }

  /**
   * The subscription that an invoice is for is in good standing again when its latest one is paid
   * or given up, whatever is open of earlier ones:
   * https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses.
   */
  void recover(StripeObject invoice) {
    String id = invoice.innerText("subscription");
    if (id == null) {
      return;
    }
    StripeObject subscription = objects.lockExisting("subscription", id);
    boolean isOwed =
        subscription.is("status", "past_due") || subscription.is("status", "incomplete");
    if (isOwed && isSettled(subscription)) {
      ObjectNode before = subscription.body().deepCopy();
      subscription.body().put("status", "active");
      objects.save(subscription);
      events.recordChange("customer.subscription.updated", subscription, before);
    }
  }

  private boolean isSettled(StripeObject subscription) {
    return invoices
        .decisive(subscription)
        .map(latest ->
            latest.is("status", Invoices.PAID) || latest.is("status", Invoices.UNCOLLECTIBLE))
        .orElse(true);
  }
}
