package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.products.Prices;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The line items of a session: each has an existing price or gives its own. */
@Component
class LineItems {
  private static final int MAX_LINE_ITEMS = 100;

  private final StripeObjects objects;
  private final SandboxClock clock;

  LineItems(StripeObjects objects, SandboxClock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /** Reads the line items and sets their currency and total in the session. */
  ArrayNode read(Params params, StripeObject session) {
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
      ObjectNode read = readLine(session.account(), line);
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

  /** The price of a line item. */
  private record Sold(String description, ObjectNode price) {}

  private ObjectNode readLine(String account, Params line) {
    Long asked = line.integer("quantity");
    long quantity = asked == null ? 1 : asked;
    if (quantity < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          line.full("quantity"),
          "This value must be greater than or equal to 1.");
    }
    String priceId = line.text("price");
    Sold sold =
        priceId == null ? ownPrice(line) : existingPrice(account, priceId, line.full("price"));
    long total;
    try {
      total = Math.multiplyExact(sold.price().get("unit_amount").longValue(), quantity);
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
    view.set("currency", sold.price().get("currency"));
    view.put("description", sold.description());
    view.putObject("metadata");
    Metadata.merge(line, view);
    view.set("price", sold.price());
    view.put("quantity", quantity);
    return view;
  }

  /** An existing price and the name of its product. */
  private Sold existingPrice(String account, String priceId, String param) {
    StripeObject price =
        objects
            .find(account, "price", priceId)
            .orElseThrow(() -> StripeRefusal.noSuchParameter("price", priceId, param));
    if (!price.body().get("active").booleanValue()) {
      throw StripeRefusal.invalid(
          null, param, "The price specified is inactive. This field only accepts active prices.");
    }
    String name =
        objects
            .find(account, "product", price.requiredText("product"))
            .map(product -> product.requiredText("name"))
            .orElse("");
    return new Sold(name, price.body().deepCopy());
  }

  /** A price that is given with the line item. */
  private Sold ownPrice(Params line) {
    Params priceData = line.child("price_data");
    if (priceData == null) {
      throw StripeRefusal.missing(line.full("price_data"));
    }
    String currency = Prices.currency(priceData);
    long unitAmount = Prices.unitAmount(priceData);
    Params product = priceData.child("product_data");
    if (product == null) {
      throw StripeRefusal.missing(priceData.full("product_data"));
    }
    String name = product.requiredText("name");
    String description = product.text("description");
    product.texts("images");
    product.metadata();
    ObjectNode price = Shapes.of("price");
    price.put("id", StripeIds.next("price"));
    price.put("active", false);
    price.put("created", clock.epochSecond());
    price.put("currency", currency);
    price.put("product", StripeIds.next("prod"));
    Prices.taxBehavior(priceData, price);
    price.put("unit_amount", unitAmount);
    price.put("unit_amount_decimal", Long.toString(unitAmount));
    return new Sold(description == null ? name : name + " - " + description, price);
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}
