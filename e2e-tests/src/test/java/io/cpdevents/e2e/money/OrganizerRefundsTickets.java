package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Somebody of the organization gives back what one ticket, or each of them, has cost. */
record OrganizerRefundsTickets() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    boolean all = scenario.random().nextInt(3) == 0;
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    return scenario
        .anyPaidBooking()
        .map(booking ->
            new Act(
                "%s: the organizer refunds %s".formatted(booking, all ? "each ticket" : "a ticket"),
                () -> {
                  List<UUID> tickets = booking.registration().ticketIds();
                  Decisions.expect(
                      booking
                          .registration()
                          .payment()
                          .triesRefundOfTickets(
                              scenario.organization().owner(),
                              all ? tickets : List.of(tickets.get(draw % tickets.size())),
                              "The seats were bad"));
                }));
  }
}
