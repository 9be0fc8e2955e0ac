package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.subscriptions.PriceChange.Prorating;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads a change of price from the parameters that an update and a preview have in common. */
@Component
class ReadPriceChange {
  /** How an item changes. */
  private record Terms(Prorating prorating, long date, boolean endsTrial) {}

  private final SubscriptionItems items;
  private final SandboxClock clock;

  ReadPriceChange(SubscriptionItems items, SandboxClock clock) {
    this.items = items;
    this.clock = clock;
  }

  /**
   * The change; null when nothing of the item changes.
   *
   * @param params {@code items}, {@code proration_behavior}, {@code proration_date}, {@code
   *     trial_end}
   */
  @Nullable PriceChange handle(Params params, StripeObject subscription) {
    Prorating prorating = readProrating(params);
    long date = readDate(params, subscription);
    boolean endsTrial = readTrialEnd(params) && subscription.is("status", Subscriptions.TRIALING);
    List<Params> given = params.list("items");
    if (given.isEmpty()) {
      if (endsTrial) {
        throw CreateSubscription.notInSandbox("trial_end", "an end of a trial without a price");
      }
      return null;
    }
    if (given.size() > 1) {
      throw CreateSubscription.notInSandbox("items", "subscriptions of several prices");
    }
    return readItem(given.getFirst(), subscription, new Terms(prorating, date, endsTrial));
  }

  private @Nullable PriceChange readItem(Params given, StripeObject subscription, Terms terms) {
    ObjectNode item = SubscriptionItems.of(subscription);
    String itemId = given.text("id");
    if (itemId == null) {
      throw CreateSubscription.notInSandbox(given.full("id"), "subscriptions of several prices");
    }
    if (!itemId.equals(StripeJson.text(item, "id"))) {
      throw StripeRefusal.noSuchParameter("subscription_item", itemId, given.full("id"));
    }
    return readPrice(given, subscription, terms);
  }

  /**
   * The change of the item itself; null when nothing of it changes.
   *
   * @param params {@code price}, {@code quantity}, {@code proration_behavior}, {@code
   *     proration_date}
   */
  @Nullable PriceChange ofItem(Params params, StripeObject subscription) {
    Prorating prorating = readProrating(params);
    return readPrice(
        params, subscription, new Terms(prorating, readDate(params, subscription), false));
  }

  private @Nullable PriceChange readPrice(Params given, StripeObject subscription, Terms terms) {
    ObjectNode item = SubscriptionItems.of(subscription);
    String present = item.path("price").path("id").asString();
    String priceId = given.text("price");
    StripeObject price =
        items.price(
            subscription.account(), priceId == null ? present : priceId, given.full("price"));
    requireSameCurrency(price, item, given.full("price"));
    Long asked = given.integer("quantity");
    long before = item.path("quantity").longValue();
    long quantity = asked == null ? before : asked;
    SubscriptionItems.requireQuantity(quantity, given.full("quantity"));
    if (price.id().equals(present) && quantity == before && !terms.endsTrial()) {
      return null;
    }
    return new PriceChange(price, quantity, terms.prorating(), terms.date(), terms.endsTrial());
  }

  /** Whether a trial is to end now; the sandbox moves no end of one elsewhere. */
  private static boolean readTrialEnd(Params params) {
    return params.oneOf("trial_end", "now") != null;
  }

  private static void requireSameCurrency(StripeObject price, ObjectNode item, String param) {
    String currency = item.path("price").path("currency").asString();
    if (!price.is("currency", currency)) {
      throw StripeRefusal.invalid(
          null,
          param,
          "The price specified only supports `%s`. This doesn't match the expected currency: `%s`."
              .formatted(price.text("currency"), currency));
    }
  }

  static Prorating readProrating(Params params) {
    String given =
        params.oneOf("proration_behavior", "always_invoice", "create_prorations", "none");
    return given == null
        ? Prorating.CREATE_PRORATIONS
        : Prorating.valueOf(given.toUpperCase(Locale.ROOT));
  }

  private long readDate(Params params, StripeObject subscription) {
    Long date = params.integer("proration_date");
    if (date == null) {
      return clock.epochSecond();
    }
    if (date < SubscriptionItems.periodStart(subscription)
        || date > SubscriptionItems.periodEnd(subscription)) {
      throw StripeRefusal.invalid(
          null,
          params.full("proration_date"),
          "Cannot specify a proration_date outside of the current subscription period.");
    }
    return date;
  }
}
