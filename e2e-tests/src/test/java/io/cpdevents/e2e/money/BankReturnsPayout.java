package io.cpdevents.e2e.money;

import io.cpdevents.driver.Payout;
import java.util.List;
import java.util.Optional;

/** The bank of the organization sends a payout back, perhaps after it was paid. */
record BankReturnsPayout() implements Step {

  /** Those of the bank account come seldom: nothing is paid to it any more. */
  private static final List<String> CODES =
      List.of("could_not_process", "declined", "insufficient_funds", "account_closed");

  @Override
  public Optional<Act> choose(Scenario scenario) {
    int draw = scenario.random().nextInt(Integer.MAX_VALUE);
    String code = scenario.any(CODES);
    return Optional.of(
        new Act(
            "a bank sends a payout back: " + code,
            () ->
                scenario
                    .payout(draw)
                    .flatMap(Payout::atStripe)
                    .ifPresent(id ->
                        Decisions.expect(scenario.world().stripe().triesToFailPayout(id, code)))));
  }
}
