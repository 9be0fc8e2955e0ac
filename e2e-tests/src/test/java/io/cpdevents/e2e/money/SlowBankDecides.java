package io.cpdevents.e2e.money;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Sandbox;
import java.util.Optional;
import java.util.Random;

/** A bank that took its time pays, or refuses. */
record SlowBankDecides() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario.anySlowBooking().flatMap(booking -> about(booking, scenario.random()));
  }

  /** What it decides about one booking; empty when it has nothing to decide. */
  static Optional<Act> about(Booking booking, Random random) {
    boolean pays = random.nextBoolean();
    return Optional.ofNullable(booking.slowPayment().getAndSet(null))
        .map(intent -> {
          Sandbox stripe = booking.registration().world().stripe();
          return new Act(
              "the bank of %s %s".formatted(booking, pays ? "pays" : "refuses"),
              () -> {
                if (pays) {
                  stripe.moneyArrives(intent);
                  booking.paidWith().set(Card.PAYS);
                } else {
                  stripe.bankRefuses(intent);
                }
              });
        });
  }
}
