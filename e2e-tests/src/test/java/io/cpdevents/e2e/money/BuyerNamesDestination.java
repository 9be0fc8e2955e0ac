package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import java.util.Optional;

/** A buyer tells Stripe where the money of refunds goes that wait for that. */
record BuyerNamesDestination() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario.anyPaidBooking().map(BuyerNamesDestination::of);
  }

  /** The one of a booking. */
  static Act of(Booking booking) {
    Sandbox stripe = booking.registration().world().stripe();
    return new Act(
        "the buyer of %s says where refunds go".formatted(booking),
        () ->
            booking
                .refundsAtStripe()
                .filter(refund -> refund.path("status").asString().equals("requires_action"))
                .forEach(refund ->
                    Decisions.expect(stripe.triesToCompleteRefund(refund.path("id").asString()))));
  }
}
