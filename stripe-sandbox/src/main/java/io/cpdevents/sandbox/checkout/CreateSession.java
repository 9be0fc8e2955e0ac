package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.Addresses;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethodTypes;
import io.cpdevents.sandbox.payments.Amounts;
import io.cpdevents.sandbox.setupintents.SetupIntents;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Creates a Checkout Session, with a page on which somebody can pay, or save a card for later. */
@Component
class CreateSession {
  static final String SETUP = "setup";
  private static final String PAYMENT = "payment";
  private static final long MIN_LIFETIME_SECONDS = Duration.ofMinutes(30).toSeconds();
  private static final long MAX_LIFETIME_SECONDS = Duration.ofHours(24).toSeconds();
  private static final List<String> INTENT_TEXTS =
      List.of(
          "description",
          "receipt_email",
          "statement_descriptor",
          "statement_descriptor_suffix",
          "transfer_group");

  private final StripeObjects objects;
  private final LineItems lineItems;
  private final Customers customers;
  private final SetupIntents setupIntents;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  CreateSession(
      StripeObjects objects,
      LineItems lineItems,
      Customers customers,
      SetupIntents setupIntents,
      PlannedSteps steps,
      SandboxClock clock,
      SandboxSettings settings) {
    this.objects = objects;
    this.lineItems = lineItems;
    this.customers = customers;
    this.setupIntents = setupIntents;
    this.steps = steps;
    this.clock = clock;
    this.settings = settings;
  }

  StripeObject handle(StripeRequest request) {
    Params params = request.params();
    StripeObject session =
        StripeObject.shaped(
            request.account(),
            "checkout.session",
            StripeIds.nextCheckoutSession(),
            clock.epochSecond());
    String mode = readMode(params, session);
    if (mode.equals(PAYMENT)) {
      session.inner().set("line_items", lineItems.read(params, session));
    }
    readTexts(params, session.body());
    readCustomer(params, session);
    session.body().put("expires_at", expiresAt(params, session.number("created")));
    Metadata.merge(params, session.body());
    if (mode.equals(SETUP)) {
      readSetup(params, session);
    } else {
      readPayment(params, session);
    }
    session.body().put("url", settings.publicUrl() + "/c/pay/" + session.id());
    objects.add(session);
    steps.planAt(session.number("expires_at"), ExpireSession.KIND, session.id());
    return session;
  }

  /** How the lines are paid; the intent is created with the first attempt. */
  private void readPayment(Params params, StripeObject session) {
    put(
        session.body(),
        "submit_type",
        params.oneOf("submit_type", "auto", "book", "donate", "pay"));
    String creation = params.oneOf("customer_creation", "always", "if_required");
    if (session.text("customer") == null) {
      put(session.body(), "customer_creation", creation);
    }
    PaymentMethodTypes.read(
        params, session.body(), session.kind(), session.requiredText("currency"));
    session.inner().set("payment_intent_data", readIntent(params, session));
    params.refuseOthers();
    Amounts.requireChargeable(
        session.number("amount_total"), session.requiredText("currency"), "line_items");
  }

  /** What is saved for later; the intent is there from the beginning. */
  private void readSetup(Params params, StripeObject session) {
    ObjectNode body = session.body();
    String currency = params.text("currency");
    if (currency == null && params.texts("payment_method_types").isEmpty()) {
      throw StripeRefusal.missing("currency");
    }
    body.put("currency", currency);
    PaymentMethodTypes.read(params, body, session.kind(), currency);
    for (String field : List.of("amount_subtotal", "amount_total", "customer_creation")) {
      body.putNull(field);
    }
    body.put("payment_status", "no_payment_required");
    StripeObject intent = setupIntents.shaped(session.account(), session.text("customer"));
    PaymentMethodTypes.read(params, intent.body(), intent.kind(), currency);
    Params given = params.childOrEmpty("setup_intent_data");
    intent.body().put("description", given.text("description"));
    Metadata.merge(given, intent.body());
    params.refuseOthers();
    setupIntents.add(intent);
    body.put("setup_intent", intent.id());
  }

  private static String readMode(Params params, StripeObject session) {
    String mode = params.requiredText("mode");
    params.oneOf("mode", PAYMENT, SETUP, "subscription");
    if (!mode.equals(PAYMENT) && !mode.equals(SETUP)) {
      throw StripeRefusal.invalid(null, "mode", "The sandbox has no sessions of mode " + mode);
    }
    session.body().put("mode", mode);
    params.oneOf("ui_mode", "hosted_page");
    put(session.body(), "locale", params.text("locale"));
    put(
        session.body(),
        "billing_address_collection",
        params.oneOf("billing_address_collection", "auto", "required"));
    return mode;
  }

  private static void readTexts(Params params, ObjectNode session) {
    String success = params.url("success_url");
    if (success == null) {
      throw StripeRefusal.missing("success_url");
    }
    session.put("success_url", success);
    put(session, "cancel_url", params.url("cancel_url"));
    String reference = params.text("client_reference_id");
    if (reference != null && reference.length() > 200) {
      throw StripeRefusal.invalid(
          null, "client_reference_id", "Invalid string: at most 200 characters");
    }
    put(session, "client_reference_id", reference);
  }

  private void readCustomer(Params params, StripeObject session) {
    String customer = params.text("customer");
    String email = params.text("customer_email");
    if (customer != null && email != null) {
      throw StripeRefusal.invalid(
          null,
          "customer_email",
          "You may only specify one of these parameters: customer, customer_email.");
    }
    if (customer != null) {
      customers.require(session.account(), customer, "customer");
      session.body().put("customer", customer);
      session.body().putNull("customer_creation");
    }
    put(session.body(), "customer_email", email);
  }

  private static long expiresAt(Params params, long created) {
    Long wanted = params.integer("expires_at");
    if (wanted == null) {
      return created + MAX_LIFETIME_SECONDS;
    }
    if (wanted < created + MIN_LIFETIME_SECONDS) {
      throw StripeRefusal.invalid(
          null,
          "expires_at",
          "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
    }
    if (wanted > created + MAX_LIFETIME_SECONDS) {
      throw StripeRefusal.invalid(
          null,
          "expires_at",
          "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
    }
    return wanted;
  }

  private static ObjectNode readIntent(Params params, StripeObject session) {
    ObjectNode given = StripeJson.object();
    PaymentMethodTypes.read(params, given, "payment_intent", session.requiredText("currency"));
    Params intent = params.childOrEmpty("payment_intent_data");
    for (String field : INTENT_TEXTS) {
      put(given, field, intent.text(field));
    }
    put(given, "capture_method", intent.oneOf("capture_method", "automatic", "automatic_async"));
    put(
        given,
        "setup_future_usage",
        intent.oneOf("setup_future_usage", "off_session", "on_session"));
    ObjectNode shipping = Addresses.shipping(intent);
    if (shipping != null) {
      given.set("shipping", shipping);
    }
    given.putObject("metadata");
    Metadata.merge(intent, given);
    return given;
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}
