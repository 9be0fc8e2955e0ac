package io.cpdevents.driver.invariants;

import io.cpdevents.driver.Sandbox;
import io.cpdevents.driver.World;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What Stripe tells us. */
final class Stripe {

  /** What creates nothing that money moves by, and ends nothing that could not be ended again. */
  private static final Set<String> MOVE_NO_MONEY =
      Set.of(
          "/v1/customers",
          "/v1/customers/{id}",
          "/v1/checkout/sessions/{id}/expire",
          "/v1/disputes/{id}",
          "/v1/invoices/create_preview",
          "/v1/files",
          "/v1/products",
          "/v1/prices",
          "/v1/accounts",
          "/v1/accounts/{id}/external_accounts",
          "/v1/account_links");

  private static final String OUR_KEYS =
      """
      SELECT idempotency_key FROM checkout
      UNION ALL SELECT idempotency_key FROM refund_attempt
      UNION ALL SELECT 'dispute-acceptance:' || id || ':' || answered_by FROM dispute
        WHERE answered_by IS NOT NULL
      UNION ALL SELECT 'trial:' || organization_id || ':' || attempt
        FROM subscription, generate_series(1, trial_attempt) AS attempt
      UNION ALL SELECT 'renewal:' || organization_id || ':' || attempt
        FROM subscription, generate_series(1, renewal_attempt) AS attempt
      UNION ALL SELECT 'renewal:' || organization_id || ':' || attempt || ':release'
        FROM subscription, generate_series(1, renewal_attempt) AS attempt
      UNION ALL SELECT 'invoice-payment:' || stripe_id || ':' || attempt
        FROM invoice, generate_series(1, replacement_attempt) AS attempt
      UNION ALL SELECT 'invoice-void:' || stripe_id || ':' || attempt
        FROM invoice, generate_series(1, void_attempt) AS attempt
      UNION ALL SELECT step || ':' || id || ':' || number
        FROM plan_change, generate_series(1, attempt) AS number,
          unnest(ARRAY['plan-purchase', 'plan-upgrade', 'plan-schedule', 'plan-next',
            'plan-release', 'plan-void']) AS step
      UNION ALL SELECT 'payment-methods:' || organization_id || ':' || request
        FROM organization_customer, generate_series(1, requests) AS request
      """;

  private static final String KEYS_OF_PAYOUTS =
      """
      SELECT idempotency_key FROM payout_attempt
      UNION ALL SELECT 'payout-cancellation:' || id FROM payout
      UNION ALL SELECT 'reversal:' || payout_id || ':' || number
        FROM transfer_reversal, generate_series(1, attempt) AS number
      """;

  private Stripe() {}

  static void requestsAreLegal(World world, Consumer<String> wrong) {
    for (JsonNode request : world.stripe().illegalRequests()) {
      wrong.accept(request.toString());
    }
  }

  static void moneyMovesUnderOurKeys(World world, Consumer<String> wrong) {
    // Stripe first: a key is stored before it is used.
    List<Sandbox.Post> posts = world.stripe().posts();
    Set<String> ours =
        new HashSet<>(world.databases().rows("billing", OUR_KEYS, row -> row.getString(1)));
    ours.addAll(world.databases().rows("payout", KEYS_OF_PAYOUTS, row -> row.getString(1)));
    posts.stream()
        .filter(post -> !MOVE_NO_MONEY.contains(post.path()))
        .filter(post -> !post.idempotencyKey().startsWith(Sandbox.OTHERS_KEYS))
        .filter(post -> !ours.contains(post.idempotencyKey()))
        .forEach(post -> wrong.accept(post.path() + " under the key " + post.idempotencyKey()));
  }

  static void eventsAreApplied(World world, Consumer<String> wrong) {
    long waiting =
        world
            .databases()
            .number(
                "billing",
                "SELECT count(*) FROM stripe_event WHERE status NOT IN ('applied', 'ignored')");
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
