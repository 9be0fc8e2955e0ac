package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import io.cpdevents.driver.Sandbox.DisputeAtStripe;
import java.util.Optional;

/** A bank that has only asked takes the money. */
record InquiryBecomesChargeback() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Sandbox stripe = scenario.world().stripe();
    return scenario
        .anyDisputedBooking()
        .map(booking ->
            new Act(
                "inquiries about %s become chargebacks".formatted(booking),
                () ->
                    booking
                        .disputesAtStripe()
                        .filter(DisputeAtStripe::isOpen)
                        .forEach(
                            dispute -> Decisions.expect(stripe.triesToEscalate(dispute.id())))));
  }
}
