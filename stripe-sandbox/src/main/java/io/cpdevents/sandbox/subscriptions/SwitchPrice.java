package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.subscriptions.PriceChange.Prorating;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Gives a subscription the price that its schedule wants. */
@Component
public class SwitchPrice {
  private final SubscriptionItems items;
  private final ChangePrice changePrice;
  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  SwitchPrice(
      SubscriptionItems items,
      ChangePrice changePrice,
      StripeObjects objects,
      Events events,
      SandboxClock clock) {
    this.items = items;
    this.changePrice = changePrice;
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /** Switches between two periods of a locked subscription, whose caller saves it. */
  public void betweenPeriods(StripeObject subscription, String priceId, long quantity) {
    StripeObject price = items.price(subscription.account(), priceId, "price");
    SubscriptionItems.set(SubscriptionItems.of(subscription), price.body(), quantity);
  }

  /**
   * Switches within the period of a locked subscription, and records that.
   *
   * @param prorating Stripe's {@code proration_behavior}
   */
  public void withinPeriod(
      StripeObject subscription, String priceId, long quantity, String prorating) {
    ObjectNode item = SubscriptionItems.of(subscription);
    if (priceId.equals(item.path("price").path("id").asString())
        && quantity == item.path("quantity").longValue()) {
      return;
    }
    ObjectNode before = subscription.body().deepCopy();
    StripeObject price = items.price(subscription.account(), priceId, "price");
    changePrice.handle(
        subscription,
        new PriceChange(
            price,
            quantity,
            Prorating.valueOf(prorating.toUpperCase(Locale.ROOT)),
            clock.epochSecond(),
            false),
        PaymentBehavior.ALLOW_INCOMPLETE);
    objects.save(subscription);
    events.recordChange("customer.subscription.updated", subscription, before);
  }
}
