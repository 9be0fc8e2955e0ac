package io.cpdevents.e2e.money;

import java.util.Optional;

/** A buyer pays past the page, mostly for what is paid already: the second money goes back. */
record PaysTwice() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario
        .anyPaidBooking()
        .map(booking -> new Act(booking + " is paid past its page", booking::tryToPayPastThePage));
  }
}
