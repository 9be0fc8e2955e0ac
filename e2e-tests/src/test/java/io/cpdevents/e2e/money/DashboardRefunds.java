package io.cpdevents.e2e.money;

import java.util.Optional;

/** Somebody refunds all or a part in Stripe's dashboard. */
record DashboardRefunds() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    double part = scenario.random().nextBoolean() ? 1 : scenario.random().nextDouble();
    return scenario.anyPaidBooking().map(booking -> act(scenario, booking, part));
  }

  private static Act act(Scenario scenario, Booking booking, double part) {
    long amount = booking.part(part);
    return new Act(
        "%d of %s are refunded in the dashboard".formatted(amount, booking),
        () ->
            booking
                .chargeAtStripe()
                .ifPresent(charge ->
                    Decisions.expect(
                        scenario.world().stripe().triesRefundInDashboard(charge, amount))));
  }
}
