package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A buyer disputes a payment at the bank, as a whole or in part, or the bank only asks. */
record BuyerDisputes() implements Step {

  private static final List<Double> PARTS = List.of(1.0, 1.0, 0.4);
  private static final int INQUIRIES_OF_TEN = 2;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    boolean inquiry = scenario.random().nextInt(10) < INQUIRIES_OF_TEN;
    double part = scenario.any(PARTS);
    return scenario.anyBooking().map(booking -> act(scenario, booking, inquiry, part));
  }

  private static Act act(Scenario scenario, Booking booking, boolean inquiry, double part) {
    Map<String, Object> terms = Map.of("inquiry", inquiry, "amountMinor", booking.part(part));
    return new Act(
        "%s is disputed: %s".formatted(booking, terms),
        () ->
            booking
                .chargeAtStripe()
                .ifPresent(charge ->
                    Decisions.expect(scenario.world().stripe().triesToDispute(charge, terms))));
  }
}
