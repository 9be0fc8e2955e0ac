package io.cpdevents.e2e.money;

import io.cpdevents.driver.PayoutAccount;
import io.cpdevents.driver.World;
import java.util.Optional;

/**
 * The owner ends the connection of the organization's account, whatever payouts are under way, and
 * connects another one once the platform knows.
 */
record AccountIsDisconnected() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return Optional.of(
        new Act("the organization changes its account", () -> change(scenario), true));
  }

  private static void change(Scenario scenario) {
    World world = scenario.world();
    awaitKnownPayouts(world);
    PayoutAccount former = scenario.account();
    world.stripe().disconnects(former.stripeId());
    awaitStatus(world, former, "disconnected");
    PayoutAccount next = former.organization().connects();
    Scenario.Cast.complete(next);
    awaitStatus(world, next, "ready");
    scenario.cast().account().set(next);
  }

  /**
   * Whatever Stripe has made of payouts, and banks of those, is known: afterwards Stripe tells
   * nothing of it, and people could only guess.
   */
  private static void awaitKnownPayouts(World world) {
    askAtOnce(world, "payout", "status = 'in-transit'");
    world.await(
        "no answer about payouts is missing",
        () -> {
          askAtOnce(world, "payout", "status = 'in-transit' AND checks_failed > 0");
          world.databases().execute("payout", Scenario.SEND_AT_ONCE);
          return world
                  .databases()
                  .number(
                      "payout",
                      """
                      SELECT count(*) FROM payout
                      WHERE (status = 'in-transit'
                             AND (next_check_at = '-infinity' OR checks_failed > 0))
                         OR (status = 'reserved' AND transfer_sent_at IS NOT NULL)
                         OR (status = 'transferred' AND bank_sent_at IS NOT NULL)
                      """)
              == 0;
        });
  }

  /** Webhooks may be lost meanwhile, and answers of Stripe too: it is asked again and again. */
  private static void awaitStatus(World world, PayoutAccount account, String status) {
    world.await(
        "the account is " + status,
        () -> {
          askAtOnce(world, "payout_account", "stripe_id = '%s'".formatted(account.stripeId()));
          return world
                  .databases()
                  .number(
                      "payout",
                      "SELECT count(*) FROM payout_account WHERE stripe_id = ? AND status = ?",
                      account.stripeId(),
                      status)
              == 1;
        });
  }

  private static void askAtOnce(World world, String table, String condition) {
    world
        .databases()
        .execute(
            "payout",
            "UPDATE %s SET next_check_at = '-infinity' WHERE %s".formatted(table, condition));
  }
}
