package io.cpdevents.e2e.money;

import io.cpdevents.driver.Cancellation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A buyer cancels everything, or one ticket. */
record BuyerCancels() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    boolean everything = scenario.random().nextBoolean();
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    return scenario
        .anyBookingAtAll()
        .map(booking ->
            new Act(
                "%s: its buyer cancels %s".formatted(booking, everything ? "all" : "a ticket"),
                () -> {
                  Cancellation cancellation = booking.registration().cancellation();
                  List<UUID> tickets = booking.registration().ticketIds();
                  UUID ticket = tickets.get(draw % tickets.size());
                  Decisions.expect(
                      everything
                          ? cancellation.tried()
                          : cancellation.ofTickets(List.of(ticket)).tried());
                }));
  }
}
