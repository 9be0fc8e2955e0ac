package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The one item of a subscription: its price, and the period that is paid for. */
@Component
class SubscriptionItems {
  /** The inner fact of a subscription: the id of its item. */
  static final String FACT = "item";

  private static final long MAX_QUANTITY = 999_999;

  private final StripeObjects objects;

  SubscriptionItems(StripeObjects objects) {
    this.objects = objects;
  }

  /** The item itself, so that a change of it is a change of the subscription. */
  static ObjectNode of(StripeObject subscription) {
    return (ObjectNode) subscription.body().path("items").path("data").get(0);
  }

  static long periodStart(StripeObject subscription) {
    return of(subscription).path("current_period_start").longValue();
  }

  static long periodEnd(StripeObject subscription) {
    return of(subscription).path("current_period_end").longValue();
  }

  /** Adds the item of a new subscription. */
  static void add(
      StripeObject subscription, StripeObject price, long quantity, long start, long end) {
    ObjectNode body = subscription.body();
    ObjectNode item = Shapes.of("subscription_item");
    String id = StripeIds.next("si");
    item.put("id", id);
    subscription.inner().put(FACT, id);
    item.set("created", body.get("created"));
    item.put("current_period_start", start);
    item.put("current_period_end", end);
    item.put("subscription", subscription.id());
    set(item, price.body(), quantity);
    body.set("currency", price.body().get("currency"));
    ObjectNode list = body.withObjectProperty("items");
    list.withArrayProperty("data").add(item);
    list.put("total_count", 1);
    list.put("url", "/v1/subscription_items?subscription=" + subscription.id());
  }

  /** Gives the item another price or quantity. */
  static void set(ObjectNode item, ObjectNode price, long quantity) {
    item.set("price", price.deepCopy());
    item.set("plan", planOf(price));
    item.put("quantity", quantity);
  }

  /**
   * The price that a parameter names, which a subscription can have.
   *
   * @param param the parameter as the caller wrote it
   */
  StripeObject price(String account, String priceId, String param) {
    StripeObject price =
        objects
            .find(account, "price", priceId)
            .orElseThrow(() -> StripeRefusal.noSuchParameter("price", priceId, param));
    if (!price.is("type", "recurring")) {
      throw StripeRefusal.invalid(
          null,
          param,
          "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.");
    }
    if (!price.body().path("recurring").path("interval").asString().equals("month")
        || price.body().path("recurring").path("interval_count").longValue() != 1) {
      throw CreateSubscription.notInSandbox(param, "subscriptions that are not monthly");
    }
    if (!price.body().get("active").booleanValue()) {
      throw StripeRefusal.invalid(
          null, param, "The price specified is inactive. This field only accepts active prices.");
    }
    return price;
  }

  static void requireQuantity(long quantity, String param) {
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          param,
          "This value must be between 1 and %d (inclusive).".formatted(MAX_QUANTITY));
    }
  }

  /** The price in the words of the API before there were prices, which Stripe still shows. */
  private static ObjectNode planOf(ObjectNode price) {
    ObjectNode plan = Shapes.of("plan");
    for (String field : List.of("id", "active", "created", "currency", "nickname", "product")) {
      plan.set(field, price.get(field));
    }
    plan.set("amount", price.get("unit_amount"));
    plan.set("amount_decimal", price.get("unit_amount_decimal"));
    plan.set("interval", price.path("recurring").get("interval"));
    plan.set("interval_count", price.path("recurring").get("interval_count"));
    return plan;
  }
}
