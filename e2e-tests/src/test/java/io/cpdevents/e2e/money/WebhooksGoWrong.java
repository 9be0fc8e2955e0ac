package io.cpdevents.e2e.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From now on webhooks come twice, late, in another order or never; or they are fine again. */
record WebhooksGoWrong() implements Step {

  private static final List<Map<String, Object>> FAULTS =
      List.of(
          Map.of(),
          Map.of("duplicate", true),
          Map.of("reorder", true),
          Map.of("delayMs", 1_500),
          Map.of("drop", true, "times", 1),
          Map.of("drop", true, "times", 5),
          Map.of("drop", true));

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Map<String, Object> fault = scenario.any(FAULTS);
    return Optional.of(
        new Act("webhooks: " + fault, () -> scenario.world().stripe().webhooksAre(fault)));
  }
}
