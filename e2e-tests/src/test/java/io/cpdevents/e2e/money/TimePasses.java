package io.cpdevents.e2e.money;

import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Minutes, hours, days or weeks go by. */
record TimePasses() implements Step {

  /** Longer ones go by in one leap. */
  private static final Duration A_DAY = Duration.ofDays(1);

  private static final List<Duration> TIMES =
      List.of(
          Duration.ofMinutes(2),
          Duration.ofMinutes(12),
          Duration.ofMinutes(31),
          Duration.ofHours(2),
          Duration.ofHours(25),
          Duration.ofDays(4),
          Duration.ofDays(9));

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Duration time = scenario.any(TIMES);
    return Optional.of(new Act(time + " pass", () -> pass(scenario.world(), time), true));
  }

  private static void pass(World world, Duration time) {
    if (time.compareTo(A_DAY) > 0) {
      world.leaps(time);
    } else {
      world.passes(time);
    }
  }
}
