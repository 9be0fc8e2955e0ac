package io.cpdevents.e2e.money;

import io.cpdevents.driver.EventCancellation;
import io.cpdevents.driver.PublishedEvent;
import java.util.List;
import java.util.Optional;

/** An event does not take place. */
record EventIsCancelled() implements Step {

  private static final List<Integer> KEPT_BASIS_POINTS = List.of(0, 0, 7_77, 100_00);

  @Override
  public Optional<Act> choose(Scenario scenario) {
    PublishedEvent event = scenario.anyEventAtAll();
    int kept = scenario.any(KEPT_BASIS_POINTS);
    return Optional.of(
        new Act(
            "an event is cancelled, %d basis points are kept".formatted(kept),
            () ->
                Decisions.expect(
                    new EventCancellation(scenario.organization(), event)
                        .tried("Nobody can teach it", kept))));
  }
}
