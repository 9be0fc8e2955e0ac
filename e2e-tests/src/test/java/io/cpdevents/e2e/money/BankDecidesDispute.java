package io.cpdevents.e2e.money;

import io.cpdevents.driver.Sandbox;
import io.cpdevents.driver.Sandbox.DisputeAtStripe;
import io.cpdevents.driver.http.Answer;
import java.util.Optional;
import java.util.Random;

/** The bank decides the disputes of a payment: won, won in part, or lost. */
record BankDecidesDispute() implements Step {

  private static final int WON_IN_PART_OF_TEN = 3;

  /** Suits every currency. */
  private static final long STEP_MINOR = 10;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return scenario.anyDisputedBooking().map(booking -> about(booking, scenario.random()));
  }

  /** What it decides about one booking. */
  static Act about(Booking booking, Random random) {
    boolean won = random.nextBoolean();
    double part = reinstatedPart(random);
    Sandbox stripe = booking.registration().world().stripe();
    return new Act(
        "the bank decides disputes of %s: %s"
            .formatted(booking, won ? "%.2f of each is won".formatted(part) : "lost"),
        () ->
            booking
                .disputesAtStripe()
                .filter(DisputeAtStripe::isOpen)
                .forEach(dispute ->
                    Decisions.expect(
                        won
                            ? win(stripe, dispute, part)
                            : stripe.triesToDecide(dispute.id(), "lost"))));
  }

  /** How much of a dispute comes back when it is won: mostly all. */
  static double reinstatedPart(Random random) {
    boolean inPart = random.nextInt(10) < WON_IN_PART_OF_TEN;
    return inPart ? random.nextDouble() : 1;
  }

  /** So much of it comes back. */
  static Answer win(Sandbox stripe, DisputeAtStripe dispute, double part) {
    long reinstated = Math.round(dispute.amountMinor() * part / STEP_MINOR) * STEP_MINOR;
    return stripe.triesToWin(dispute.id(), Math.max(STEP_MINOR, reinstated));
  }
}
