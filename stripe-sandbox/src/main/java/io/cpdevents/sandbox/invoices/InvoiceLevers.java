package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What happens to invoices at Stripe without a request of the API. */
@RestController
@RequestMapping(path = "/_sandbox/invoices/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class InvoiceLevers {
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Events events;
  private final PlannedSteps steps;
  private final CreditNotes creditNotes;
  private final ApiTransaction transaction;

  InvoiceLevers(
      StripeObjects objects,
      ObjectViews views,
      Events events,
      PlannedSteps steps,
      CreditNotes creditNotes,
      ApiTransaction transaction) {
    this.objects = objects;
    this.views = views;
    this.events = events;
    this.steps = steps;
    this.creditNotes = creditNotes;
    this.transaction = transaction;
  }

  /** Body of {@code overpayment} and {@code credit-notes}: in minor units of the invoice. */
  record Amount(long amountMinor) {}

  /** A draft cannot be finalized; it stays one until somebody finalizes it by the API. */
  @PostMapping("/finalization-failure")
  String failFinalization(@PathVariable String id) {
    return changed(
        id,
        Invoices.DRAFT,
        invoice -> {
          ObjectNode error = invoice.body().putObject("last_finalization_error");
          error.put("type", "invalid_request_error");
          error.put("code", "customer_tax_location_invalid");
          error.put("message", "The customer's location isn't recognized.");
          invoice.body().putNull("automatically_finalizes_at");
          objects.save(invoice);
          steps.cancel(FinalizeInvoice.KIND, invoice.id());
          events.record("invoice.finalization_failed", invoice);
        });
  }

  /** The day by which it should have been paid is near. */
  @PostMapping("/due-soon")
  String becomeDueSoon(@PathVariable String id) {
    return told(id, Invoices.OPEN, "invoice.will_be_due");
  }

  /** That day is over. */
  @PostMapping("/overdue")
  String becomeOverdue(@PathVariable String id) {
    return told(id, Invoices.OPEN, "invoice.overdue");
  }

  /** Stripe does not charge it by itself, so somebody has to. */
  @PostMapping("/attempt-required")
  String requireAttempt(@PathVariable String id) {
    return told(id, Invoices.OPEN, "invoice.payment_attempt_required");
  }

  /** More was paid than asked for. */
  @PostMapping("/overpayment")
  String overpay(@PathVariable String id, @RequestBody Amount amount) {
    return changed(
        id,
        Invoices.PAID,
        invoice -> {
          invoice.body().put("amount_overpaid", amount.amountMinor());
          objects.save(invoice);
          events.record("invoice.overpaid", invoice);
        });
  }

  /** A part of what was paid is credited to the customer's balance. Answers the credit note. */
  @PostMapping("/credit-notes")
  String credit(@PathVariable String id, @RequestBody Amount amount) {
    return StripeJson.write(
        transaction.run(
            () -> views.show(creditNotes.create(lock(id, Invoices.PAID), amount.amountMinor()))));
  }

  private String told(String id, String status, String type) {
    return changed(id, status, invoice -> events.record(type, invoice));
  }

  private String changed(String id, String status, Consumer<StripeObject> change) {
    return StripeJson.write(
        transaction.run(() -> {
          StripeObject invoice = lock(id, status);
          change.accept(invoice);
          return views.show(invoice);
        }));
  }

  private StripeObject lock(String id, String status) {
    StripeObject invoice =
        objects
            .lock(Invoices.KIND, id)
            .orElseThrow(() -> StripeRefusal.noSuch(Invoices.KIND, id, "id"));
    if (!invoice.is("status", status)) {
      throw StripeRefusal.wrongState(
          null, null, "This happens to invoices that are " + status + ".");
    }
    return invoice;
  }
}
