package io.cpdevents.e2e.money;

import io.cpdevents.e2e.money.DyingTransactions.Place;
import java.util.Optional;

/** One of the next transactions that write a table ends before its commit, as in a crash. */
record TransactionDies() implements Step {

  private static final int MAX_WRITES = 6;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Place place = scenario.any(Tables.all());
    int write = 1 + scenario.random().nextInt(MAX_WRITES);
    return Optional.of(
        new Act(
            "the transaction dies that makes write %d of %s".formatted(write, place),
            () -> scenario.dyingTransactions().at(place, write)));
  }
}
