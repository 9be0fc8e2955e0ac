package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Optional;

/** Somebody refunds all or a part in Stripe's dashboard. */
record DashboardRefunds() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    double part = scenario.random().nextBoolean() ? 1 : scenario.random().nextDouble();
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    return scenario.anyPaidBooking().map(booking -> act(scenario, booking, part, draw));
  }

  private static Act act(Scenario scenario, Booking booking, double part, int draw) {
    long amount = booking.part(part);
    return new Act(
        "%d of %s are refunded in the dashboard".formatted(amount, booking),
        () -> {
          List<String> charges = booking.chargesAtStripe();
          if (!charges.isEmpty()) {
            String charge = charges.get(draw % charges.size());
            Decisions.expect(scenario.world().stripe().triesRefundInDashboard(charge, amount));
          }
        });
  }
}
