package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Somebody calls off at Stripe each refund of a booking that waits for its receiver, or one that
 * has just succeeded.
 */
record RefundIsCalledOff() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Sandbox stripe = scenario.world().stripe();
    boolean hasSucceeded = scenario.random().nextBoolean();
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    return scenario
        .anyPaidBooking()
        .map(booking ->
            hasSucceeded
                ? new Act(
                    "a refund of %s that has succeeded is called off at Stripe".formatted(booking),
                    () -> callOffOne(stripe, refunds(booking, "succeeded"), draw))
                : new Act(
                    "refunds of %s that wait are called off at Stripe".formatted(booking),
                    () ->
                        refunds(booking, "requires_action")
                            .forEach(refund ->
                                Decisions.expect(stripe.triesToCallOffRefund(id(refund))))));
  }

  private static void callOffOne(Sandbox stripe, List<JsonNode> refunds, int draw) {
    if (!refunds.isEmpty()) {
      Answer answer = stripe.triesToCallOffSucceededRefund(id(refunds.get(draw % refunds.size())));
      Decisions.expect(answer);
    }
  }

  private static List<JsonNode> refunds(Booking booking, String status) {
    return booking
        .refundsAtStripe()
        .filter(refund -> refund.path("status").asString().equals(status))
        .toList();
  }

  private static String id(JsonNode refund) {
    return refund.path("id").asString();
  }
}
