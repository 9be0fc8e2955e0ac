package io.cpdevents.e2e.money;

import io.cpdevents.e2e.chaos.Barrier;
import io.cpdevents.e2e.money.DyingTransactions.Place;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import java.time.Duration;
import java.util.Optional;

/**
 * A process is killed and started again: while it is about to write a certain table if it does so
 * soon, else whatever it does.
 */
record ProcessDies(Component component) implements Step {

  private static final Duration MAX_WRITE_TIME = Duration.ofSeconds(2);
  private static final Duration MAX_START_TIME = Duration.ofMinutes(3);

  /** Nobody kills what is dead. */
  private static final Object ONE_AFTER_THE_OTHER = new Object();

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Place place = scenario.any(Tables.of(component.wireName()));
    return Optional.of(
        new Act(
            "%s dies, before it writes %s if it does".formatted(component.wireName(), place),
            () -> killAndStart(scenario.platform(), place)));
  }

  private void killAndStart(LocalPlatform platform, Place place) {
    synchronized (ONE_AFTER_THE_OTHER) {
      kill(platform, place);
      startAgain(platform, component);
    }
  }

  private void kill(LocalPlatform platform, Place place) {
    try (Barrier barrier =
        Barrier.at(platform.postgres(), Barrier.Place.anyWrite(place.database(), place.table()))) {
      boolean _ = barrier.hasSomebodyWithin(MAX_WRITE_TIME);
      platform.kill(component);
    }
  }

  /** Starts one that is dead, and waits until it answers. */
  static void startAgain(LocalPlatform platform, Component component) {
    platform.startAgain(component);
    if (!platform.awaitUp(component, MAX_START_TIME)) {
      throw new AssertionError(component.wireName() + " did not start: " + platform.problems());
    }
  }
}
