package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import io.cpdevents.driver.Sandbox.DisputeAtStripe;
import java.util.Optional;

/** A bank gives back, wholly or in part, what a lost dispute has taken. */
record BankChangesItsMind() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    double part = BankDecidesDispute.reinstatedPart(scenario.random());
    Sandbox stripe = scenario.world().stripe();
    return scenario
        .anyDisputedBooking()
        .map(booking ->
            new Act(
                "the bank gives back %.2f of each dispute that %s has lost"
                    .formatted(part, booking),
                () ->
                    booking
                        .disputesAtStripe()
                        .filter(DisputeAtStripe::isLost)
                        .forEach(dispute ->
                            Decisions.expect(BankDecidesDispute.win(stripe, dispute, part)))));
  }
}
