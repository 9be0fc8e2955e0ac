package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.Amounts;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates a Checkout Session, with a page on which somebody can pay. */
@Component
class CreateSession {
  private static final long MIN_LIFETIME_SECONDS = Duration.ofMinutes(30).toSeconds();
  private static final long MAX_LIFETIME_SECONDS = Duration.ofHours(24).toSeconds();
  private static final int MAX_LINE_ITEMS = 100;
  private static final List<String> INTENT_TEXTS =
      List.of(
          "description",
          "receipt_email",
          "statement_descriptor",
          "statement_descriptor_suffix",
          "transfer_group");

  private final StripeObjects objects;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  CreateSession(
      StripeObjects objects, PlannedSteps steps, SandboxClock clock, SandboxSettings settings) {
    this.objects = objects;
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
    readMode(params, session);
    ArrayNode lines = readLines(params, session);
    readTexts(params, session.body());
    readCustomer(params, session);
    readPaymentMethods(params);
    session.body().put("expires_at", expiresAt(params, session.number("created")));
    Metadata.merge(params, session.body());
    session.inner().set("payment_intent_data", readIntent(params));
    session.inner().set("line_items", lines);
    params.refuseOthers();
    Amounts.requireChargeable(
        session.number("amount_total"), session.requiredText("currency"), "line_items");
    session.body().put("url", settings.publicUrl() + "/c/pay/" + session.id());
    objects.add(session);
    steps.planAt(session.number("expires_at"), ExpireSession.KIND, session.id());
    return session;
  }

  private static void readMode(Params params, StripeObject session) {
    String mode = params.requiredText("mode");
    params.oneOf("mode", "payment", "setup", "subscription");
    if (!mode.equals("payment")) {
      throw StripeRefusal.invalid(null, "mode", "The sandbox has no sessions of mode " + mode);
    }
    params.oneOf("ui_mode", "hosted_page");
    put(session.body(), "locale", params.text("locale"));
    put(
        session.body(),
        "submit_type",
        params.oneOf("submit_type", "auto", "book", "donate", "pay"));
    put(
        session.body(),
        "billing_address_collection",
        params.oneOf("billing_address_collection", "auto", "required"));
    String creation = params.oneOf("customer_creation", "always", "if_required");
    put(session.body(), "customer_creation", creation);
  }

  private ArrayNode readLines(Params params, StripeObject session) {
    List<Params> given = params.list("line_items");
    if (given.isEmpty()) {
      throw StripeRefusal.missing("line_items");
    }
    if (given.size() > MAX_LINE_ITEMS) {
      throw StripeRefusal.invalid(
          null, "line_items", "A session has at most %d line items.".formatted(MAX_LINE_ITEMS));
    }
    ArrayNode lines = StripeJson.array();
    long total = 0;
    String currency = lower(params.text("currency"));
    for (Params line : given) {
      ObjectNode read = readLine(line);
      String lineCurrency = read.get("currency").asString();
      if (currency != null && !currency.equals(lineCurrency)) {
        throw StripeRefusal.invalid(
            null, "line_items", "All line items must have the same currency.");
      }
      currency = lineCurrency;
      try {
        total = Math.addExact(total, read.get("amount_total").longValue());
      } catch (ArithmeticException e) {
        throw StripeRefusal.invalid("amount_too_large", "line_items", "The total is too large.");
      }
      lines.add(read);
    }
    session.body().put("amount_subtotal", total);
    session.body().put("amount_total", total);
    session.body().put("currency", currency);
    return lines;
  }

  private ObjectNode readLine(Params line) {
    Params price = line.child("price_data");
    if (price == null) {
      throw StripeRefusal.missing(line.full("price_data"));
    }
    String currency = currency(price);
    long unitAmount = price.requiredInteger("unit_amount");
    if (unitAmount < 0) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          price.full("unit_amount"),
          "This value must be greater than or equal to 0.");
    }
    Long asked = line.integer("quantity");
    long quantity = asked == null ? 1 : asked;
    if (quantity < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          line.full("quantity"),
          "This value must be greater than or equal to 1.");
    }
    Params product = price.child("product_data");
    if (product == null) {
      throw StripeRefusal.missing(price.full("product_data"));
    }
    String name = product.requiredText("name");
    String description = product.text("description");
    product.texts("images");
    product.metadata();
    String taxBehavior = price.oneOf("tax_behavior", "exclusive", "inclusive", "unspecified");
    return lineView(
        currency,
        unitAmount,
        quantity,
        description == null ? name : name + " - " + description,
        taxBehavior == null ? "unspecified" : taxBehavior,
        line);
  }

  private ObjectNode lineView(
      String currency,
      long unitAmount,
      long quantity,
      String description,
      String taxBehavior,
      Params line) {
    long total;
    try {
      total = Math.multiplyExact(unitAmount, quantity);
    } catch (ArithmeticException e) {
      throw StripeRefusal.invalid("amount_too_large", "line_items", "The total is too large.");
    }
    ObjectNode view = StripeJson.object();
    view.put("id", StripeIds.next("li"));
    view.put("object", "item");
    view.putNull("adjustable_quantity");
    view.put("amount_discount", 0);
    view.put("amount_subtotal", total);
    view.put("amount_tax", 0);
    view.put("amount_total", total);
    view.put("currency", currency);
    view.put("description", description);
    view.putObject("metadata");
    Metadata.merge(line, view);
    ObjectNode price = view.putObject("price");
    price.put("id", StripeIds.next("price"));
    price.put("object", "price");
    price.put("active", false);
    price.put("billing_scheme", "per_unit");
    price.put("created", clock.epochSecond());
    price.put("currency", currency);
    price.putNull("custom_unit_amount");
    price.put("livemode", false);
    price.putNull("lookup_key");
    price.putObject("metadata");
    price.putNull("nickname");
    price.put("product", StripeIds.next("prod"));
    price.putNull("recurring");
    price.put("tax_behavior", taxBehavior);
    price.putNull("tiers_mode");
    price.putNull("transform_quantity");
    price.put("type", "one_time");
    price.put("unit_amount", unitAmount);
    price.put("unit_amount_decimal", Long.toString(unitAmount));
    view.put("quantity", quantity);
    return view;
  }

  private static String currency(Params price) {
    String currency = price.requiredText("currency").toLowerCase(Locale.ROOT);
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equalsIgnoreCase(currency))) {
      throw StripeRefusal.invalid(
          null, price.full("currency"), "Invalid currency: " + currency + ".");
    }
    return currency;
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
      if (objects.find(session.account(), "customer", customer).isEmpty()) {
        throw StripeRefusal.noSuchParameter("customer", customer, "customer");
      }
      session.body().put("customer", customer);
      session.body().putNull("customer_creation");
    }
    put(session.body(), "customer_email", email);
  }

  private static void readPaymentMethods(Params params) {
    List<String> types = params.texts("payment_method_types");
    for (String type : types) {
      if (!type.equals("card")) {
        throw StripeRefusal.invalid(
            null, "payment_method_types", "The sandbox has no payment method type " + type);
      }
    }
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

  private static ObjectNode readIntent(Params params) {
    ObjectNode given = StripeJson.object();
    Params intent = params.childOrEmpty("payment_intent_data");
    for (String field : INTENT_TEXTS) {
      put(given, field, intent.text(field));
    }
    put(given, "capture_method", intent.oneOf("capture_method", "automatic", "automatic_async"));
    given.putObject("metadata");
    Metadata.merge(intent, given);
    return given;
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}
