package io.cpdevents.e2e.money;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A buyer pays, with a card that works or not. */
record Pays() implements Step {

  private static final List<Card> CARDS =
      List.of(
          Card.PAYS,
          Card.PAYS,
          Card.PAYS,
          Card.PAYS,
          Card.PAYS,
          Card.DECLINED,
          Card.INSUFFICIENT_FUNDS,
          Card.REFUSES_REFUNDS,
          Card.REFUNDS_SLOWLY,
          Card.IS_DISPUTED,
          Card.IS_WARNED_OF);

  /** Then it is mostly confirmed: what comes next finds it so, and not on its way. */
  private static final Duration STAYS_FOR = Duration.ofSeconds(2);

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Card card = scenario.any(CARDS);
    boolean stays = scenario.random().nextBoolean();
    return scenario
        .anyBookingToPay()
        .map(booking ->
            new Act(
                "%s is paid with %s".formatted(booking, card),
                () -> {
                  booking.tryToPay(card);
                  if (stays) {
                    var _ =
                        Wait.atMost(STAYS_FOR)
                            .isSo(() -> !booking.registration().status().equals("held"));
                  }
                }));
  }
}
