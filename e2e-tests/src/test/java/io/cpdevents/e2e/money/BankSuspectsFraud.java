package io.cpdevents.e2e.money;

import java.util.Optional;

/** The bank of a buyer's card warns of fraud; it may do so more than once. */
record BankSuspectsFraud() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario
        .anyPaidBooking()
        .map(booking ->
            new Act(
                "a bank suspects that %s is fraud".formatted(booking),
                () ->
                    booking
                        .chargeAtStripe()
                        .ifPresent(charge ->
                            Decisions.expect(
                                scenario.world().stripe().triesToWarnOfFraud(charge)))));
  }
}
