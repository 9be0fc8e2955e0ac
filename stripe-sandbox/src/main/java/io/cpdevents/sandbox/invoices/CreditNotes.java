package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Credits of invoices that were paid, which go to the balance of their customer. */
@Component
class CreditNotes {
  static final String KIND = "credit_note";
  private static final String POST_PAYMENT = "post_payment_credit_notes_amount";
  private static final String SEQUENCE = "credit_notes";

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;
  private final CustomerBalance balance;

  CreditNotes(StripeObjects objects, Events events, SandboxClock clock, CustomerBalance balance) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
    this.balance = balance;
  }

  /** Credits a part of a locked invoice that was paid. */
  StripeObject create(StripeObject invoice, long amount) {
    long credited = invoice.number(POST_PAYMENT);
    if (amount < 1 || amount > invoice.number("amount_paid") - credited) {
      throw StripeRefusal.invalid(
          null, "amount", "The credit must not be larger than what was paid and is not credited.");
    }
    long number = invoice.innerNumber(SEQUENCE) + 1;
    StripeObject note =
        StripeObject.shaped(invoice.account(), KIND, StripeIds.next("cn"), clock.epochSecond());
    ObjectNode body = note.body();
    body.put("invoice", invoice.id());
    body.set("customer", invoice.body().get("customer"));
    body.set("currency", invoice.body().get("currency"));
    body.put("effective_at", clock.epochSecond());
    body.put("number", String.format(Locale.ROOT, "%s-CN-%02d", invoice.text("number"), number));
    body.put("pdf", "https://pay.stripe.com/credit_notes/" + note.id() + "/pdf");
    for (String sum :
        new String[] {
          "amount",
          "post_payment_amount",
          "subtotal",
          "subtotal_excluding_tax",
          "total",
          "total_excluding_tax"
        }) {
      body.put(sum, amount);
    }
    addLine(note, amount);
    objects.add(note);
    invoice.body().put(POST_PAYMENT, credited + amount);
    invoice.inner().put(SEQUENCE, number);
    objects.save(invoice);
    balance.add(invoice.requiredText("customer"), -amount);
    events.record("credit_note.created", note);
    return note;
  }

  private static void addLine(StripeObject note, long amount) {
    ObjectNode line = Shapes.of("credit_note_line_item");
    line.put("id", StripeIds.next("cnli"));
    line.put("amount", amount);
    line.put("unit_amount", amount);
    line.put("unit_amount_decimal", Long.toString(amount));
    line.put("description", "Credit");
    ObjectNode lines = note.body().withObjectProperty("lines");
    lines.withArrayProperty("data").add(line);
    lines.put("total_count", 1);
    lines.put("url", "/v1/credit_notes/" + note.id() + "/lines");
  }

  /** Takes a locked credit note back, and what it has given. */
  void takeBack(StripeObject note) {
    if (!note.is("status", "issued")) {
      throw StripeRefusal.wrongState(null, null, "This credit note is already void.");
    }
    note.body().put("status", "void");
    note.body().put("voided_at", clock.epochSecond());
    objects.save(note);
    StripeObject invoice = objects.lockExisting(Invoices.KIND, note.requiredText("invoice"));
    invoice.body().put(POST_PAYMENT, invoice.number(POST_PAYMENT) - note.number("amount"));
    objects.save(invoice);
    balance.add(note.requiredText("customer"), note.number("amount"));
    events.record("credit_note.voided", note);
  }
}
