package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.checkout.PaySession.Payment;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.Payer;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/payment_pages}: Stripe's own page, and Stripe's CLI in its place, calls it to pay a
 * session. It is not documented by Stripe; here it answers the session.
 */
@Component
class PaymentPageRoutes implements StripeRoutes {
  private static final String PATH = "/v1/payment_pages/{id}";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final PaySession paySession;

  PaymentPageRoutes(StripeObjects objects, ObjectViews views, PaySession paySession) {
    this.objects = objects;
    this.views = views;
    this.paySession = paySession;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.get(PATH, this::show), StripeRoute.post(PATH + "/confirm", this::confirm));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(session(request));
  }

  private StripeObject session(StripeRequest request) {
    return objects
        .find(request.account(), "checkout.session", request.id())
        .orElseThrow(() -> StripeRefusal.noSuch("payment_page", request.id(), "payment_page"));
  }

  private ObjectNode confirm(StripeRequest request) {
    Params params = request.params();
    String method = params.requiredText("payment_method");
    long expected = params.requiredInteger("expected_amount");
    params.refuseOthers();
    StripeObject session = session(request);
    if (session.is("mode", CreateSession.SETUP) || session.number("amount_total") != expected) {
      throw StripeRefusal.invalid(
          "checkout_amount_mismatch",
          "expected_amount",
          "The expected amount does not match the Session's total.");
    }
    Payment payment = new Payment(paySession.with(method), payer(request, method), null, null);
    return views.show(paySession.handle(session.id(), payment));
  }

  private Payer payer(StripeRequest request, String methodId) {
    return objects
        .find(request.account(), "payment_method", methodId)
        .map(method -> method.body().get("billing_details"))
        .map(billing ->
            new Payer(StripeJson.text(billing, "email"), StripeJson.text(billing, "name")))
        .orElse(Payer.UNKNOWN);
  }
}
