package io.cpdevents.e2e.money;

import io.cpdevents.e2e.money.DyingTransactions.Place;
import java.util.List;
import java.util.Optional;

/** One of the next transactions that write a table ends before its commit, as in a crash. */
record TransactionDies() implements Step {

  private static final List<Place> PLACES =
      List.of(
          new Place("registration", "registration"),
          new Place("registration", "ticket"),
          new Place("registration", "refund_request"),
          new Place("registration", "event_cancellation"),
          new Place("registration", "inbox"),
          new Place("registration", "outbox"),
          new Place("billing", "payment"),
          new Place("billing", "checkout"),
          new Place("billing", "stripe_charge"),
          new Place("billing", "stripe_event"),
          new Place("billing", "refund"),
          new Place("billing", "refund_attempt"),
          new Place("billing", "balance_transaction"),
          new Place("billing", "journal"),
          new Place("billing", "inbox"),
          new Place("billing", "outbox"));
  private static final int MAX_WRITES = 6;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Place place = scenario.any(PLACES);
    int write = 1 + scenario.random().nextInt(MAX_WRITES);
    return Optional.of(
        new Act(
            "the transaction dies that makes write %d of %s".formatted(write, place),
            () -> scenario.dyingTransactions().at(place, write)));
  }
}
