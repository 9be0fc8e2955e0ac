package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoices} and {@code /v1/invoice_payments}. */
@Component
class InvoiceRoutes implements StripeRoutes {
  private static final String INVOICES = "/v1/invoices";
  private static final String PAYMENTS = "/v1/invoice_payments";

  private final Invoices invoices;
  private final CollectInvoice collect;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final CreateInvoice createInvoice;
  private final FinalizeInvoice finalizeInvoice;
  private final PayInvoice payInvoice;
  private final VoidInvoice voidInvoice;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  InvoiceRoutes(
      Invoices invoices,
      CollectInvoice collect,
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      CreateInvoice createInvoice,
      FinalizeInvoice finalizeInvoice,
      PayInvoice payInvoice,
      VoidInvoice voidInvoice,
      Events events,
      PlannedSteps steps,
      SandboxClock clock) {
    this.createInvoice = createInvoice;
    this.finalizeInvoice = finalizeInvoice;
    this.payInvoice = payInvoice;
    this.voidInvoice = voidInvoice;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.invoices = invoices;
    this.collect = collect;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(INVOICES, request -> views.show(createInvoice.handle(request))),
        StripeRoute.get(INVOICES, this::list),
        StripeRoute.get(INVOICES + "/{id}", this::show),
        StripeRoute.post(INVOICES + "/{id}", this::update),
        StripeRoute.get(INVOICES + "/{id}/lines", this::lines),
        StripeRoute.post(INVOICES + "/{id}/finalize", this::finish),
        StripeRoute.delete(INVOICES + "/{id}", this::delete),
        StripeRoute.post(INVOICES + "/{id}/send", this::send),
        StripeRoute.post(INVOICES + "/{id}/void", this::voidOpen),
        StripeRoute.post(INVOICES + "/{id}/mark_uncollectible", this::markUncollectible),
        StripeRoute.post(INVOICES + "/{id}/pay", this::pay),
        StripeRoute.get(PAYMENTS, this::listPayments),
        StripeRoute.get(PAYMENTS + "/{id}", this::showPayment));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(invoices.find(request.account(), request.id()));
  }

  private ObjectNode lines(StripeRequest request) {
    // An invoice has all its lines in one page.
    request.params().integer("limit");
    request.params().refuseOthers();
    return (ObjectNode) invoices.find(request.account(), request.id()).body().get("lines");
  }

  private ObjectNode update(StripeRequest request) {
    Params params = request.params();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    ObjectNode before = invoice.body().deepCopy();
    String description = params.textOrEmpty("description");
    if (description != null) {
      invoice.body().put("description", description.isEmpty() ? null : description);
    }
    Metadata.merge(params, invoice.body());
    params.refuseOthers();
    objects.save(invoice);
    events.recordChange("invoice.updated", invoice, before);
    return views.show(invoice);
  }

  private ObjectNode finish(StripeRequest request) {
    Boolean advances = request.params().flag("auto_advance");
    request.params().refuseOthers();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    if (!invoice.is("status", Invoices.DRAFT)) {
      throw StripeRefusal.wrongState(
          "invoice_not_editable",
          null,
          "This invoice is already finalized, you can't re-finalize a non-draft invoice.");
    }
    if (advances != null) {
      invoice.body().put("auto_advance", advances);
    }
    finalizeInvoice.finalizeNow(invoice);
    if (Invoices.isOpen(invoice) && invoice.body().path("auto_advance").booleanValue()) {
      steps.planAt(clock.epochSecond(), RetryInvoice.KIND, invoice.id());
    }
    return views.show(invoice);
  }

  /** Mails it to the customer; a draft is finalized with that. */
  private ObjectNode send(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    if (invoice.is("status", Invoices.DRAFT)) {
      finalizeInvoice.finalizeNow(invoice);
    }
    if (!Invoices.isOpen(invoice) && !invoice.is("status", Invoices.PAID)) {
      throw StripeRefusal.wrongState(
          "invoice_not_editable", null, "You can only send open or paid invoices.");
    }
    events.record("invoice.sent", invoice);
    return views.show(invoice);
  }

  private ObjectNode delete(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    if (!invoice.is("status", Invoices.DRAFT) || invoice.innerText("subscription") != null) {
      throw StripeRefusal.wrongState(
          "invoice_not_editable",
          null,
          "You can only delete draft invoices that are not of a subscription.");
    }
    invoices.delete(invoice);
    events.record("invoice.deleted", invoice);
    ObjectNode answer = StripeJson.object();
    answer.put("id", invoice.id());
    answer.put("object", Invoices.KIND);
    answer.put("deleted", true);
    return answer;
  }

  private ObjectNode voidOpen(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    voidInvoice.handle(invoice);
    return views.show(invoice);
  }

  private ObjectNode markUncollectible(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    voidInvoice.markUncollectible(invoice);
    return views.show(invoice);
  }

  private ObjectNode pay(StripeRequest request) {
    Params params = request.params();
    String method = params.text("payment_method");
    boolean elsewhere = Boolean.TRUE.equals(params.flag("paid_out_of_band"));
    params.refuseOthers();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    if (invoice.is("status", Invoices.DRAFT)) {
      finalizeInvoice.finalizeNow(invoice);
      if (!Invoices.isOpen(invoice)) {
        return views.show(invoice);
      }
    }
    if (!Invoices.isOpen(invoice) && !invoice.is("status", Invoices.UNCOLLECTIBLE)) {
      throw StripeRefusal.wrongState(
          "invoice_not_editable", null, "Invoice is not open and cannot be paid.");
    }
    if (elsewhere) {
      payInvoice.payNothing(invoice);
    } else {
      collect.chargeNow(invoice, method);
    }
    return views.show(invoice);
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    ObjectQuery query =
        ObjectQuery.of(request.account(), Invoices.KIND)
            .with("customer", params.text("customer"))
            .with(
                "status", params.oneOf("status", "draft", "open", "paid", "uncollectible", "void"));
    String subscription = params.text("subscription");
    if (subscription != null) {
      query.withFact("subscription", subscription);
    }
    return lists.answer(request, INVOICES, query);
  }

  private ObjectNode showPayment(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), PayInvoice.PAYMENT, request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch("invoice_payment", request.id(), "id"));
  }

  private ObjectNode listPayments(StripeRequest request) {
    ObjectQuery query =
        ObjectQuery.of(request.account(), PayInvoice.PAYMENT)
            .with("invoice", request.params().text("invoice"))
            .with("status", request.params().text("status"));
    Params payment = request.params().child("payment");
    if (payment != null) {
      payment.oneOf("type", Invoices.PAYMENT_INTENT);
      query.withFact(Invoices.PAYMENT_INTENT, payment.requiredText(Invoices.PAYMENT_INTENT));
    }
    return lists.answer(request, PAYMENTS, query);
  }
}
