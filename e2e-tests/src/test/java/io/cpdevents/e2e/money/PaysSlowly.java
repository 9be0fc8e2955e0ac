package io.cpdevents.e2e.money;

import java.util.Optional;

/** A buyer pays through a bank that takes its time. */
record PaysSlowly() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario
        .anyBookingToPay()
        .map(booking -> new Act(booking + " is paid slowly", booking::tryToPaySlowly));
  }
}
