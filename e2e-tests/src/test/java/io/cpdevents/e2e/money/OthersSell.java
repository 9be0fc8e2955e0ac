package io.cpdevents.e2e.money;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.PublishedEvent;
import java.util.Optional;

/** Another organization sells a ticket: then more lies on the platform's balance at Stripe. */
record OthersSell() implements Step {

  /** As much as an event of a scenario earns. */
  private static final long SOME_MINOR = 100_000;

  /** More than all payouts of many scenarios need. */
  private static final long MUCH_MINOR = 90_000_000;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    String currency = scenario.any(Scenario.CURRENCIES);
    return Optional.of(
        new Act("others sell in " + currency, () -> sell(scenario.cast(), currency, SOME_MINOR)));
  }

  /** So much that nothing waits for the platform's balance any more. */
  static void sellMuch(Scenario.Cast cast, String currency) {
    sell(cast, currency, MUCH_MINOR);
  }

  private static void sell(Scenario.Cast cast, String currency, long priceMinor) {
    PublishedEvent event = EventDraft.of(cast.others(), 1).in(currency).publishedAt(priceMinor);
    cast.buyers()
        .getFirst()
        .registersFor(event, 1)
        .payment()
        .checkout()
        .paysWith(Card.IS_AVAILABLE_AT_ONCE);
  }
}
