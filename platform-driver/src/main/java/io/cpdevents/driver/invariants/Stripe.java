package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What Stripe tells us. */
final class Stripe {

  private Stripe() {}

  static void eventsAreApplied(World world, Consumer<String> wrong) {
    long waiting =
        world
            .databases()
            .number(
                "billing",
                "SELECT count(*) FROM stripe_event WHERE state NOT IN ('applied', 'ignored')");
    if (waiting > 0) {
      wrong.accept(waiting + " are received or parked");
    }
  }

  static void isQuiet(World world, Consumer<String> wrong) {
    JsonNode stripe = world.stripe().state();
    long webhooks = stripe.path("deliveries").path("pending").asLong();
    if (webhooks > 0) {
      wrong.accept(webhooks + " webhooks are under way");
    }
    long charges = stripe.path("chargesAwaitingBalanceTransaction").asLong();
    if (charges > 0) {
      wrong.accept(charges + " charges have no balance transaction yet");
    }
  }
}
