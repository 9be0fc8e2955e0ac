package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was last invoiced for the item of a subscription. As in Stripe's flexible billing mode, a
 * change within the period credits the rest of this amount, not that of the item's price.
 *
 * @param invoice null until it is on an invoice
 * @param line the line of the invoice
 * @param amount in minor units, for the whole time
 * @param start the first second that it pays for
 * @param end the second after the last one
 * @param price the price as it was invoiced
 */
record Billed(
    @Nullable String invoice,
    String line,
    long amount,
    long quantity,
    long start,
    long end,
    ObjectNode price) {

  /** The inner fact of a subscription, or of an invoice that has yet to be paid for a change. */
  private static final String FACT = "billed";

  static @Nullable Billed of(StripeObject holder) {
    if (!(holder.inner().get(FACT) instanceof ObjectNode fact)) {
      return null;
    }
    return new Billed(
        StripeJson.text(fact, "invoice"),
        fact.path("line").asString(),
        fact.path("amount").longValue(),
        fact.path("quantity").longValue(),
        fact.path("start").longValue(),
        fact.path("end").longValue(),
        (ObjectNode) fact.get("price"));
  }

  /** What a line of an invoice charges. */
  static Billed by(JsonNode line, JsonNode price) {
    return new Billed(
        StripeJson.text(line, "invoice"),
        line.path("id").asString(),
        line.path("amount").longValue(),
        line.path("quantity").longValue(),
        line.path("period").path("start").longValue(),
        line.path("period").path("end").longValue(),
        (ObjectNode) price.deepCopy());
  }

  void storeIn(StripeObject holder) {
    ObjectNode fact = holder.inner().putObject(FACT);
    fact.put("invoice", invoice);
    fact.put("line", line);
    fact.put("amount", amount);
    fact.put("quantity", quantity);
    fact.put("start", start);
    fact.put("end", end);
    fact.set("price", price);
  }

  static void forget(StripeObject holder) {
    holder.inner().remove(FACT);
  }
}
