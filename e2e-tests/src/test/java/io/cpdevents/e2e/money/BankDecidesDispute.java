package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import java.util.Optional;
import java.util.Random;

/** The bank decides the disputes of a payment. */
record BankDecidesDispute() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario.anyBooking().map(booking -> about(booking, scenario.random()));
  }

  /** What it decides about one booking. */
  static Act about(Booking booking, Random random) {
    String outcome = random.nextBoolean() ? "won" : "lost";
    Sandbox stripe = booking.registration().world().stripe();
    return new Act(
        "the bank decides disputes of %s: %s".formatted(booking, outcome),
        () ->
            booking.chargeAtStripe().stream()
                .flatMap(charge -> stripe.openDisputesOf(charge).stream())
                .forEach(dispute -> Decisions.expect(stripe.triesToDecide(dispute, outcome))));
  }
}
