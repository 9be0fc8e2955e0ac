package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import java.util.Optional;

/** Somebody calls off at Stripe each refund of a booking that waits for its receiver. */
record RefundIsCalledOff() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Sandbox stripe = scenario.world().stripe();
    return scenario
        .anyPaidBooking()
        .map(booking ->
            new Act(
                "refunds of %s that wait are called off at Stripe".formatted(booking),
                () ->
                    booking
                        .refundsAtStripe()
                        .filter(
                            refund -> refund.path("status").asString().equals("requires_action"))
                        .forEach(refund ->
                            Decisions.expect(
                                stripe.triesToCallOffRefund(refund.path("id").asString())))));
  }
}
