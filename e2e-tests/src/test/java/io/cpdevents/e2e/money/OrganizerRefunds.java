package io.cpdevents.e2e.money;

import java.util.Optional;

/** Somebody of the organization gives all or a part back. */
record OrganizerRefunds() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    double part = scenario.random().nextInt(3) == 0 ? 1 : scenario.random().nextDouble();
    return scenario
        .anyPaidBooking()
        .map(booking -> {
          long amount = booking.part(part);
          return new Act(
              "%s: the organizer refunds %d".formatted(booking, amount),
              () ->
                  Decisions.expect(
                      booking
                          .registration()
                          .payment()
                          .triesRefund(
                              scenario.organization().owner(), amount, "Sorry for the wait")));
        });
  }
}
