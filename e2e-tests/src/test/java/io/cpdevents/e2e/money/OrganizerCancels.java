package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Optional;

/** The organizer cancels a registration and says how much goes back. */
record OrganizerCancels() implements Step {

  private static final List<String> REFUNDS = List.of("by-policy", "full", "none");

  @Override
  public Optional<Act> choose(Scenario scenario) {
    String refund = scenario.any(REFUNDS);
    return scenario
        .anyBookingAtAll()
        .map(booking ->
            new Act(
                "%s: the organizer cancels, refund %s".formatted(booking, refund),
                () ->
                    Decisions.expect(
                        booking
                            .registration()
                            .cancellation()
                            .by(scenario.organization().owner())
                            .because("The hall is smaller")
                            .refunding(refund)
                            .tried())));
  }
}
