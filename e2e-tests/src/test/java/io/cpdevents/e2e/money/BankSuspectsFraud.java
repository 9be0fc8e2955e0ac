package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Optional;

/** The bank of a buyer's card warns of fraud, of the latest charge; it may do so more than once. */
record BankSuspectsFraud() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario
        .anyPaidBooking()
        .map(booking ->
            new Act(
                "a bank suspects that %s is fraud".formatted(booking),
                () -> {
                  List<String> charges = booking.chargesAtStripe();
                  if (!charges.isEmpty()) {
                    Decisions.expect(
                        scenario.world().stripe().triesToWarnOfFraud(charges.getLast()));
                  }
                }));
  }
}
