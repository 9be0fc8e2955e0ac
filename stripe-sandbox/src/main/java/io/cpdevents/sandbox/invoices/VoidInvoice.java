package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.PaymentIntents;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Voids an open invoice, so that nobody can pay it; what the balance paid of it is given back. */
@Component
public class VoidInvoice {
  /** The states of a payment intent that can still be paid. */
  private static final Set<String> UNPAID =
      Set.of("requires_payment_method", "requires_confirmation", "requires_action");

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final PaymentIntents intents;
  private final CustomerBalance balance;
  private final PayInvoice payInvoice;
  private final ApplicationEventPublisher publisher;

  VoidInvoice(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      PaymentIntents intents,
      CustomerBalance balance,
      PayInvoice payInvoice,
      ApplicationEventPublisher publisher) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.intents = intents;
    this.balance = balance;
    this.payInvoice = payInvoice;
    this.publisher = publisher;
  }

  /** Voids the invoice with this id, unless it has been paid or voided already. */
  public void voidOpen(String invoiceId) {
    StripeObject invoice = objects.lockExisting(Invoices.KIND, invoiceId);
    if (invoice.is("status", Invoices.OPEN)) {
      handle(invoice);
    }
  }

  /** Voids a locked invoice. */
  void handle(StripeObject invoice) {
    if (!invoice.is("status", Invoices.OPEN) && !invoice.is("status", Invoices.UNCOLLECTIBLE)) {
      throw StripeRefusal.wrongState(
          "invoice_not_editable",
          null,
          "You can only pass in open or uncollectible invoices. This invoice isn't open or uncollectible.");
    }
    giveUp(invoice, Invoices.VOID, "voided_at");
    balance.giveBack(invoice);
    cancelPayment(invoice);
    events.record("invoice.voided", invoice);
    publisher.publishEvent(new InvoiceVoided(invoice));
  }

  /** Expects no more that a locked open invoice is paid, which may happen all the same. */
  void markUncollectible(StripeObject invoice) {
    if (!invoice.is("status", Invoices.OPEN)) {
      throw StripeRefusal.wrongState(
          "invoice_not_editable",
          null,
          "You can only pass in open invoices. This invoice isn't open.");
    }
    giveUp(invoice, Invoices.UNCOLLECTIBLE, "marked_uncollectible_at");
    events.record("invoice.marked_uncollectible", invoice);
  }

  private void giveUp(StripeObject invoice, String status, String at) {
    ObjectNode body = invoice.body();
    body.put("status", status);
    body.put("auto_advance", false);
    body.putNull("next_payment_attempt");
    body.withObjectProperty("status_transitions").put(at, clock.epochSecond());
    objects.save(invoice);
    steps.cancel(RetryInvoice.KIND, invoice.id());
    if (!invoice.inner().has(Invoices.CHANGE) && !isFirst(invoice)) {
      payInvoice.recover(invoice);
    }
  }

  /** Without its first month a subscription never begins. */
  private static boolean isFirst(StripeObject invoice) {
    return invoice.is("billing_reason", "subscription_create");
  }

  private void cancelPayment(StripeObject invoice) {
    String payment = invoice.innerText(PayInvoice.PAYMENT);
    String intentId = invoice.innerText(Invoices.PAYMENT_INTENT);
    if (payment == null || intentId == null) {
      return;
    }
    StripeObject locked = objects.lockExisting(PayInvoice.PAYMENT, payment);
    locked.body().put("status", "canceled");
    locked.body().withObjectProperty("status_transitions").put("canceled_at", clock.epochSecond());
    objects.save(locked);
    StripeObject intent = objects.lockExisting("payment_intent", intentId);
    if (UNPAID.contains(intent.requiredText("status"))) {
      intents.cancel(intent, "void_invoice");
    }
  }
}
