package io.cpdevents.sandbox.setupintents;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethodTypes;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/setup_intents}. */
@Component
class SetupIntentRoutes implements StripeRoutes {
  private static final String PATH = "/v1/setup_intents";
  private static final Set<String> OPEN =
      Set.of("requires_payment_method", "requires_confirmation", "requires_action");

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final SetupIntents setupIntents;
  private final Customers customers;
  private final PaymentMethods paymentMethods;
  private final ConfirmSetup confirmSetup;

  SetupIntentRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      SetupIntents setupIntents,
      Customers customers,
      PaymentMethods paymentMethods,
      ConfirmSetup confirmSetup) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.setupIntents = setupIntents;
    this.customers = customers;
    this.paymentMethods = paymentMethods;
    this.confirmSetup = confirmSetup;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.post(PATH + "/{id}/confirm", this::confirm),
        StripeRoute.post(PATH + "/{id}/cancel", this::cancel));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    String customer = params.text("customer");
    StripeObject intent = setupIntents.shaped(request.account(), customer);
    ObjectNode body = intent.body();
    body.put("description", params.text("description"));
    String usage = params.oneOf("usage", "off_session", "on_session");
    if (usage != null) {
      body.put("usage", usage);
    }
    Metadata.merge(params, body);
    PaymentMethodTypes.read(params, body, SetupIntents.KIND, null);
    boolean confirm = Boolean.TRUE.equals(params.flag("confirm"));
    String methodId = params.text("payment_method");
    params.url("return_url");
    params.refuseOthers();
    if (customer != null) {
      customers.require(request.account(), customer, "customer");
    }
    setupIntents.add(intent);
    StripeObject method = methodId == null ? null : use(intent, methodId);
    if (confirm) {
      confirm(intent, method);
    }
    return views.show(intent);
  }

  private StripeObject use(StripeObject intent, String methodId) {
    StripeObject method = paymentMethods.named(intent.account(), methodId, "payment_method");
    paymentMethods.requireUsable(method, intent.text("customer"));
    intent.body().put("payment_method", method.id());
    intent.body().put("status", "requires_confirmation");
    objects.save(intent);
    return method;
  }

  private void confirm(StripeObject intent, @Nullable StripeObject method) {
    if (method == null) {
      throw StripeRefusal.wrongState(
          "setup_intent_unexpected_state",
          "payment_method",
          "You cannot confirm this SetupIntent because it's missing a payment method.");
    }
    confirmSetup.handle(intent, method, null);
  }

  private ObjectNode confirm(StripeRequest request) {
    Params params = request.params();
    String given = params.text("payment_method");
    params.url("return_url");
    params.refuseOthers();
    StripeObject intent = lock(request);
    requireOpen(intent, "confirm");
    String methodId = given == null ? intent.text("payment_method") : given;
    confirm(
        intent,
        methodId == null
            ? null
            : paymentMethods.named(intent.account(), methodId, "payment_method"));
    return views.show(intent);
  }

  private static void requireOpen(StripeObject intent, String what) {
    if (!OPEN.contains(intent.requiredText("status"))) {
      throw StripeRefusal.wrongState(
              "setup_intent_unexpected_state",
              null,
              "You cannot %s this SetupIntent because it has a status of %s."
                  .formatted(what, intent.text("status")))
          .with(SetupIntents.KIND, intent.body().deepCopy());
    }
  }

  private ObjectNode cancel(StripeRequest request) {
    String reason =
        request
            .params()
            .oneOf("cancellation_reason", "abandoned", "duplicate", "requested_by_customer");
    request.params().refuseOthers();
    StripeObject intent = lock(request);
    requireOpen(intent, "cancel");
    setupIntents.cancel(intent, reason);
    return views.show(intent);
  }

  private ObjectNode update(StripeRequest request) {
    Params params = request.params();
    StripeObject intent = lock(request);
    String description = params.textOrEmpty("description");
    if (description != null) {
      intent.body().put("description", description.isEmpty() ? null : description);
    }
    Metadata.merge(params, intent.body());
    String methodId = params.text("payment_method");
    params.refuseOthers();
    if (methodId != null) {
      requireOpen(intent, "update");
      use(intent, methodId);
    }
    objects.save(intent);
    return views.show(intent);
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock(SetupIntents.KIND, request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> noSuch(request.id()));
  }

  static StripeRefusal noSuch(String id) {
    return StripeRefusal.noSuch("setupintent", id, "intent");
  }

  private ObjectNode show(StripeRequest request) {
    request.params().text("client_secret");
    request.params().refuseOthers();
    return objects
        .find(request.account(), SetupIntents.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> noSuch(request.id()));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), SetupIntents.KIND)
            .with("customer", params.text("customer"))
            .with("payment_method", params.text("payment_method")));
  }
}
