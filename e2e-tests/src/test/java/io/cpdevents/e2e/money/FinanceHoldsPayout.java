package io.cpdevents.e2e.money;

import java.util.Optional;

/** Finance of the platform holds a payout, or releases one. */
record FinanceHoldsPayout() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    String decision = scenario.random().nextBoolean() ? "hold" : "release";
    return Optional.of(
        new Act(
            "finance decides about a payout: " + decision,
            () ->
                scenario
                    .payout(draw)
                    .ifPresent(payout ->
                        Decisions.expect(
                            payout.triesToDecide(
                                scenario.world().finance(), decision, "Looked at it twice")))));
  }
}
