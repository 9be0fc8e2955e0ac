package io.cpdevents.e2e.chaos;

import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import java.time.Duration;

/**
 * Something that happens to the platform.
 *
 * @param strike makes it happen
 * @param lasts how long it stays so
 * @param heal ends it, and returns once what was struck answers again
 */
record Fault(String name, Runnable strike, Duration lasts, Runnable heal) {

  private static final Duration MAX_START_TIME = Duration.ofMinutes(3);

  /** SIGKILL, and at once started again. */
  static Fault kill(LocalPlatform platform, Component component) {
    return new Fault(
        "kill -9 of " + component.wireName(),
        () -> platform.kill(component),
        Duration.ZERO,
        () -> startAgain(platform, component));
  }

  /** SIGKILL, and started again after a while. */
  static Fault away(LocalPlatform platform, Component component, Duration time) {
    return new Fault(
        component.wireName() + " away for " + time.toSeconds() + " s",
        () -> platform.kill(component),
        time,
        () -> startAgain(platform, component));
  }

  /** SIGSTOP for a while. */
  static Fault suspend(LocalPlatform platform, Component component, Duration time) {
    return new Fault(
        component.wireName() + " suspended for " + time.toSeconds() + " s",
        () -> platform.suspend(component),
        time,
        () -> platform.resume(component));
  }

  /** SIGKILL while it stands at a barrier, before what it did is written down. */
  static Fault killAt(
      String window, LocalPlatform platform, Component component, Barrier.Place place) {
    return new Fault(
        "kill -9 of " + component.wireName() + " " + window,
        () -> {
          try (Barrier barrier = Barrier.at(platform.postgres(), place)) {
            barrier.awaitSomebody();
            platform.kill(component);
          }
        },
        Duration.ZERO,
        () -> startAgain(platform, component));
  }

  @Override
  public String toString() {
    return name;
  }

  private static void startAgain(LocalPlatform platform, Component component) {
    platform.startAgain(component);
    if (!platform.awaitUp(component, MAX_START_TIME)) {
      throw new AssertionError(
          component.wireName() + " did not start again: " + platform.problems());
    }
  }
}
