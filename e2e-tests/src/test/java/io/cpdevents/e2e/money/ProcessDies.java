package io.cpdevents.e2e.money;

import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import java.time.Duration;
import java.util.Optional;

/** A process is killed and started again. */
record ProcessDies(Component component) implements Step {

  private static final Duration UP_WITHIN = Duration.ofMinutes(3);

  @Override
  public Optional<Act> choose(Scenario scenario) {
    return Optional.of(
        new Act(component.wireName() + " dies", () -> killAndStart(scenario.platform())));
  }

  private void killAndStart(LocalPlatform platform) {
    platform.kill(component);
    platform.startAgain(component);
    if (!platform.awaitUp(component, UP_WITHIN)) {
      throw new AssertionError(component.wireName() + " did not start: " + platform.problems());
    }
  }
}
