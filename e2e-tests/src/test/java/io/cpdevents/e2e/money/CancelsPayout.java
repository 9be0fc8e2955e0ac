package io.cpdevents.e2e.money;

import java.util.Optional;

/** The organization calls a payout off. */
record CancelsPayout() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    return Optional.of(
        new Act(
            "a payout is called off",
            () ->
                scenario
                    .payout(draw)
                    .ifPresent(payout -> Decisions.expect(payout.triesToCancel()))));
  }
}
