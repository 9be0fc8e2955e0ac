package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the lines of invoices: whole periods of a price, and parts of them after a change. */
@Component
class InvoiceLines {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);

  private final StripeObjects objects;

  InvoiceLines(StripeObjects objects) {
    this.objects = objects;
  }

  /** A whole period of a subscription's item. */
  ObjectNode period(StripeObject subscription, JsonNode item, long start, long end) {
    JsonNode price = item.get("price");
    long quantity = item.path("quantity").longValue();
    ObjectNode line = line(price, quantity, priceOf(price, quantity), start, end);
    line.put(
        "description",
        "%d × %s (at %s / %s)"
            .formatted(
                quantity,
                productName(price),
                inWords(price),
                price.path("recurring").path("interval").asString()));
    ofItem(line, subscription, item);
    return line;
  }

  /** A period that costs nothing, because it is a trial. */
  ObjectNode trial(StripeObject subscription, JsonNode item) {
    JsonNode price = item.get("price");
    ObjectNode line =
        line(
            price,
            item.path("quantity").longValue(),
            0,
            item.path("current_period_start").longValue(),
            item.path("current_period_end").longValue());
    line.put("description", "Trial period for " + productName(price));
    ofItem(line, subscription, item);
    return line;
  }

  /** The rest of what was invoiced, given back. */
  ObjectNode credit(StripeObject subscription, JsonNode item, Billed billed, long date) {
    long amount =
        Prorations.share(billed.amount(), billed.end() - date, billed.end() - billed.start());
    ObjectNode line = line(billed.price(), billed.quantity(), -amount, date, billed.end());
    line.put(
        "description",
        "Unused time on %s after %s"
            .formatted(product(billed.price(), billed.quantity()), on(date)));
    ObjectNode details = prorated(line, subscription, item);
    if (billed.invoice() != null) {
      ObjectNode credited =
          details.withObjectProperty("proration_details").putObject("credited_items");
      credited.put("invoice", billed.invoice());
      credited.putArray("invoice_line_items").add(billed.line());
    }
    return line;
  }

  /** The rest of the current period at the price of the changed item. */
  ObjectNode debit(StripeObject subscription, JsonNode changed, long date) {
    JsonNode price = changed.get("price");
    long quantity = changed.path("quantity").longValue();
    long start = changed.path("current_period_start").longValue();
    long end = changed.path("current_period_end").longValue();
    long amount = Prorations.share(priceOf(price, quantity), end - date, end - start);
    ObjectNode line = line(price, quantity, amount, date, end);
    line.put(
        "description",
        "Remaining time on %s after %s".formatted(product(price, quantity), on(date)));
    prorated(line, subscription, changed);
    return line;
  }

  private static long priceOf(JsonNode price, long quantity) {
    return Math.multiplyExact(price.path("unit_amount").longValue(), quantity);
  }

  private static ObjectNode line(JsonNode price, long quantity, long amount, long start, long end) {
    ObjectNode line = Shapes.of("line_item");
    line.put("id", StripeIds.next("il"));
    line.put("amount", amount);
    line.put("subtotal", amount);
    line.set("currency", price.path("currency").deepCopy());
    line.put("quantity", quantity);
    line.put("quantity_decimal", Long.toString(quantity));
    ObjectNode period = line.withObjectProperty("period");
    period.put("start", start);
    period.put("end", end);
    ObjectNode pricing = line.withObjectProperty("pricing");
    pricing.set("unit_amount_decimal", price.path("unit_amount_decimal").deepCopy());
    ObjectNode details = pricing.withObjectProperty("price_details");
    details.set("price", price.path("id").deepCopy());
    details.set("product", price.path("product").deepCopy());
    return line;
  }

  private static ObjectNode ofItem(ObjectNode line, StripeObject subscription, JsonNode item) {
    ObjectNode details =
        line.withObjectProperty("parent").withObjectProperty("subscription_item_details");
    details.put("subscription", subscription.id());
    details.set("subscription_item", item.path("id").deepCopy());
    line.set("metadata", item.path("metadata").deepCopy());
    return details;
  }

  private static ObjectNode prorated(ObjectNode line, StripeObject subscription, JsonNode item) {
    line.put("discountable", false);
    ObjectNode details = ofItem(line, subscription, item);
    details.put("proration", true);
    return details;
  }

  private String product(JsonNode price, long quantity) {
    String name = productName(price);
    return quantity == 1 ? name : quantity + " × " + name;
  }

  private String productName(JsonNode price) {
    return objects
        .findAnywhere("product", price.path("product").asString())
        .map(product -> StripeJson.text(product.body(), "name"))
        .orElse("");
  }

  private static String inWords(JsonNode price) {
    Currency currency =
        Currency.getInstance(price.path("currency").asString().toUpperCase(Locale.ROOT));
    NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
    format.setCurrency(currency);
    format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
    return format.format(
        BigDecimal.valueOf(
            price.path("unit_amount").longValue(), currency.getDefaultFractionDigits()));
  }

  private static String on(long date) {
    return DAY.format(Instant.ofEpochSecond(date).atZone(ZoneOffset.UTC));
  }
}
