package io.cpdevents.sandbox.payments;

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
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_intents}. */
@Component
class IntentRoutes implements StripeRoutes {
  private static final String PATH = "/v1/payment_intents";
  private static final Set<String> UNPAID =
      Set.of("requires_payment_method", "requires_confirmation", "requires_action");

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final PaymentIntents intents;
  private final CreateIntent createIntent;
  private final CaptureCharge captureCharge;
  private final ReleaseAuthorization releaseAuthorization;

  IntentRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events,
      PaymentIntents intents,
      CreateIntent createIntent,
      CaptureCharge captureCharge,
      ReleaseAuthorization releaseAuthorization) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.intents = intents;
    this.createIntent = createIntent;
    this.captureCharge = captureCharge;
    this.releaseAuthorization = releaseAuthorization;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, request -> views.show(createIntent.handle(request))),
        StripeRoute.post(PATH + "/{id}/confirm", this::confirm),
        StripeRoute.post(PATH + "/{id}/capture", this::capture),
        StripeRoute.post(PATH + "/{id}/cancel", this::cancel),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show));
  }

  private ObjectNode show(StripeRequest request) {
    // A page in a browser may send the client secret; the API key is enough here.
    request.params().text("client_secret");
    request.params().refuseOthers();
    return objects
        .find(request.account(), "payment_intent", request.id())
        .map(views::show)
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch("payment_intent", request.id(), "intent");
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), "payment_intent")
            .with("customer", request.params().text("customer")));
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock("payment_intent", request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> noSuch(request));
  }

  private ObjectNode confirm(StripeRequest request) {
    String method = request.params().text("payment_method");
    request.params().url("return_url");
    request.params().refuseOthers();
    StripeObject intent = lock(request);
    boolean ofCheckout = intent.innerText("checkout_session") != null;
    if (ofCheckout || !UNPAID.contains(intent.requiredText("status"))) {
      throw unexpectedState(intent, "confirm");
    }
    createIntent.confirm(intent, method);
    return views.show(intent);
  }

  private static StripeRefusal unexpectedState(StripeObject intent, String what) {
    return StripeRefusal.wrongState(
            "payment_intent_unexpected_state",
            null,
            "You cannot %s this PaymentIntent because it has a status of %s."
                .formatted(what, intent.text("status")))
        .with("payment_intent", intent.body().deepCopy());
  }

  private ObjectNode capture(StripeRequest request) {
    Params params = request.params();
    Long amount = params.integer("amount_to_capture");
    if (Boolean.FALSE.equals(params.flag("final_capture"))) {
      throw StripeRefusal.invalid(
          null, "final_capture", "Multicapture is not available for this PaymentIntent.");
    }
    String suffix = params.text("statement_descriptor_suffix");
    StripeObject intent = lock(request);
    Metadata.merge(params, intent.body());
    params.refuseOthers();
    if (!intent.is("status", "requires_capture")) {
      throw unexpectedState(intent, "capture");
    }
    StripeObject charge = objects.lockExisting(Charges.KIND, intent.requiredText("latest_charge"));
    if (suffix != null) {
      intent.body().put("statement_descriptor_suffix", suffix);
      charge.body().put("statement_descriptor_suffix", suffix);
    }
    captureCharge.handle(charge, amount, "amount_to_capture");
    intent.body().put("status", "succeeded");
    intent.body().put("amount_capturable", 0);
    intent.body().put("amount_received", charge.number("amount_captured"));
    objects.save(intent);
    events.record("payment_intent.succeeded", intent);
    return views.show(intent);
  }

  private ObjectNode cancel(StripeRequest request) {
    Params params = request.params();
    String reason =
        params.oneOf(
            "cancellation_reason", "abandoned", "duplicate", "fraudulent", "requested_by_customer");
    params.refuseOthers();
    StripeObject intent = lock(request);
    if (intent.innerText("checkout_session") != null) {
      throw StripeRefusal.wrongState(
          "payment_intent_unexpected_state",
          "intent",
          "You cannot cancel the PaymentIntent of a Checkout Session. Expire the Checkout Session"
              + " instead.");
    }
    if (intent.is("status", "requires_capture")) {
      StripeObject charge =
          objects.lockExisting(Charges.KIND, intent.requiredText("latest_charge"));
      releaseAuthorization.handle(charge, charge.number("amount"), null);
    } else if (!UNPAID.contains(intent.requiredText("status"))) {
      throw unexpectedState(intent, "cancel");
    }
    intents.cancel(intent, reason);
    return views.show(intent);
  }
}
