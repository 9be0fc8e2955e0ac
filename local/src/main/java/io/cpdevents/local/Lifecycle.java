package io.cpdevents.local;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Starts the components in their order and stops them in the opposite one: what services need comes
 * before them, and nobody asks a service that has ended.
 */
final class Lifecycle {

  private static final Duration MAX_START_TIME = Duration.ofMinutes(7);

  private static final List<Component> SERVICES =
      Arrays.stream(Component.values()).filter(Component::isService).toList();

  private static final List<Component> INFRASTRUCTURE =
      Arrays.stream(Component.values()).filter(component -> !component.isService()).toList();

  /** Each step ends before the next begins. */
  private static final List<List<Component>> STARTS = List.of(INFRASTRUCTURE, SERVICES);

  private static final List<List<Component>> STOPS =
      List.of(
          List.of(Component.GATEWAY),
          SERVICES,
          List.of(Component.MAILBOX, Component.KAFKA),
          List.of(Component.POSTGRES));

  private final Progress progress;
  private final Map<Component, RunningComponent> components = new EnumMap<>(Component.class);

  Lifecycle(
      LocalOptions options, Progress progress, Function<Component, RunningComponent> component) {
    this.progress = progress;
    for (Component each : Component.values()) {
      if (each != Component.STRIPE_SANDBOX || !options.usesRealStripe()) {
        components.put(each, component.apply(each));
      }
    }
  }

  /** Starts everything and waits; what does not start in time is told and left out. */
  void startAll() {
    for (List<Component> step : STARTS) {
      List<Component> some = present(step);
      some.forEach(component -> of(component).start());
      try {
        for (Thread thread : inParallel(some, this::tellWhenUp)) {
          thread.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalFailure("interrupted while starting");
      }
    }
  }

  /** Stops everything and waits, also when it is interrupted: nothing is left behind. */
  void stopAll() {
    boolean interrupted = false;
    for (List<Component> step : STOPS) {
      for (Thread thread : inParallel(present(step), component -> of(component).stop())) {
        while (thread.isAlive()) {
          try {
            thread.join();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The process of this component.
   *
   * @throws LocalFailure when it has none here, as the sandbox with the real Stripe
   */
  RunningComponent of(Component component) {
    RunningComponent running = components.get(component);
    if (running == null) {
      throw new LocalFailure(component.wireName() + " is not part of this platform");
    }
    return running;
  }

  /** Whether its process is there, ready or not, or another one answers in its place. */
  boolean runs(Component component) {
    if (!components.containsKey(component)) {
      return false;
    }
    ComponentStatus status = of(component).status();
    return status.pid() != null || status.answers();
  }

  List<ComponentStatus> statuses() {
    return components.values().parallelStream().map(RunningComponent::status).toList();
  }

  /** Ends what an earlier launcher left behind; the names of what there was. */
  static List<String> endLeftovers(LocalOptions options) {
    return Arrays.asList(Component.values()).reversed().stream()
        .filter(component -> PidFile.of(options, component).endProcess())
        .map(Component::wireName)
        .toList();
  }

  private List<Component> present(List<Component> some) {
    return some.stream().filter(components::containsKey).toList();
  }

  private void tellWhenUp(Component component) {
    RunningComponent running = of(component);
    running.awaitUp(MAX_START_TIME);
    ComponentStatus status = running.status();
    Double seconds = status.startSeconds();
    progress.tell(
        seconds == null
            ? String.format(
                Locale.ROOT,
                "  %-15s %s",
                status.name(),
                status.problem() == null ? "stopped" : "FAILED: " + status.problem())
            : String.format(
                Locale.ROOT,
                "  %-15s up after %4.1f s   port %d",
                status.name(),
                seconds,
                status.port()));
  }

  private static List<Thread> inParallel(List<Component> some, Consumer<Component> action) {
    return some.stream()
        .map(component -> Thread.ofPlatform().start(() -> action.accept(component)))
        .toList();
  }
}
