package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A refund fails, perhaps after it had succeeded. */
record BankReturnsRefund() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    Sandbox stripe = scenario.world().stripe();
    return scenario
        .anyPaidBooking()
        .map(booking ->
            new Act(
                "a bank sends a refund of %s back".formatted(booking),
                () -> {
                  List<JsonNode> refunds = booking.refundsAtStripe().toList();
                  if (!refunds.isEmpty()) {
                    JsonNode refund = refunds.get(draw % refunds.size());
                    Decisions.expect(stripe.triesToReturnRefund(refund.path("id").asString()));
                  }
                }));
  }
}
