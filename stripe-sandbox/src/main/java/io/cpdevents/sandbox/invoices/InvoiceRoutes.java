package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
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

  InvoiceRoutes(
      Invoices invoices,
      CollectInvoice collect,
      StripeObjects objects,
      ObjectViews views,
      Lists lists) {
    this.invoices = invoices;
    this.collect = collect;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.get(INVOICES, this::list),
        StripeRoute.get(INVOICES + "/{id}", this::show),
        StripeRoute.get(INVOICES + "/{id}/lines", this::lines),
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

  private ObjectNode pay(StripeRequest request) {
    Params params = request.params();
    String method = params.text("payment_method");
    params.refuseOthers();
    StripeObject invoice = invoices.lock(request.account(), request.id());
    if (!invoice.is("status", Invoices.OPEN)) {
      throw StripeRefusal.wrongState(
          "invoice_not_editable", null, "Invoice is not open and cannot be paid.");
    }
    collect.chargeNow(invoice, method);
    return views.show(invoice);
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    ObjectQuery query =
        ObjectQuery.of(request.account(), Invoices.KIND)
            .with("customer", params.text("customer"))
            .with("status", params.oneOf("status", "draft", "open", "paid"));
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
