package io.cpdevents.e2e.money;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Minutes, hours or days go by. */
record TimePasses() implements Step {

  private static final List<Duration> TIMES =
      List.of(
          Duration.ofMinutes(2),
          Duration.ofMinutes(12),
          Duration.ofMinutes(31),
          Duration.ofHours(2),
          Duration.ofHours(25));

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Duration time = scenario.any(TIMES);
    return Optional.of(new Act(time + " pass", () -> scenario.world().passes(time), true));
  }
}
