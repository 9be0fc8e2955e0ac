package io.cpdevents.driver.invariants;

import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks whether every {@link Invariant} holds, as soon as each must. */
public final class Invariants {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private static final int LOOKS_FOR_QUIET = 2;

  /** Every invariant's time is over long before. */
  private static final Duration MAX_WAIT_TIME = Duration.ofMinutes(10);

  private final Function<Invariant, List<Violation>> look;
  private final Set<Invariant> exceptions;

  /**
   * Of what happens in this world.
   *
   * @param exceptions those that may be broken; grows
   */
  public Invariants(World world, Set<Invariant> exceptions) {
    this(invariant -> invariant.violations(world), exceptions);
  }

  Invariants(Function<Invariant, List<Violation>> look, Set<Invariant> exceptions) {
    this.look = look;
    this.exceptions = exceptions;
  }

  /**
   * From now on this one may be broken.
   *
   * @param reason for the reader
   */
  public void except(Invariant invariant, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("an exception needs a reason");
    }
    exceptions.add(invariant);
  }

  /** Waits until all hold; throws as soon as one is broken for longer than it may be. */
  public void hold() {
    hold(System.nanoTime());
  }

  /** The same, with the time that each has counted from then. */
  public void hold(long sinceNanos) {
    List<Violation> violations =
        Wait.atMost(MAX_WAIT_TIME)
            .lookingEvery(LOOK_EVERY)
            .untilThere(
                "every invariant holds, or one is overdue",
                () -> {
                  Duration passed = Duration.ofNanos(System.nanoTime() - sinceNanos);
                  List<Violation> found = foundNow();
                  boolean decided =
                      found.isEmpty()
                          || found.stream().anyMatch(one -> one.within().compareTo(passed) < 0);
                  return decided ? Optional.of(found) : Optional.empty();
                });
    if (!violations.isEmpty()) {
      throw new NotAsExpected(report(violations));
    }
  }

  /**
   * Waits until nothing is under way; false when something still is after this time. It looks
   * twice, because what is under way moves on while it looks.
   */
  public boolean areQuietWithin(Duration most) {
    return Wait.atMost(most)
        .lookingEvery(LOOK_EVERY)
        .isSo(() ->
            IntStream.range(0, LOOKS_FOR_QUIET)
                .allMatch(_ -> quiet().allMatch(one -> look.apply(one).isEmpty())));
  }

  /** Whether nothing is under way at this moment, but for what this one is about. */
  public boolean areQuietBut(Invariant mayBeBroken) {
    return quiet().filter(one -> one != mayBeBroken).allMatch(one -> look.apply(one).isEmpty());
  }

  private Stream<Invariant> quiet() {
    return all().filter(Invariant::isAboutQuiet);
  }

  /** Everything that is wrong at this moment. */
  public List<Violation> violations() {
    return broken(all());
  }

  /** While something is under way, only that: the rest may be about to become true. */
  private List<Violation> foundNow() {
    List<Violation> underWay = broken(quiet());
    return underWay.isEmpty() ? broken(all().filter(one -> !one.isAboutQuiet())) : underWay;
  }

  private List<Violation> broken(Stream<Invariant> some) {
    return some.flatMap(one -> look.apply(one).stream()).toList();
  }

  private Stream<Invariant> all() {
    return Arrays.stream(Invariant.values()).filter(one -> !exceptions.contains(one));
  }

  private static String report(List<Violation> violations) {
    Map<Invariant, List<Violation>> broken =
        violations.stream()
            .collect(
                Collectors.groupingBy(Violation::invariant, TreeMap::new, Collectors.toList()));
    StringBuilder report = new StringBuilder(broken.size() + " invariants do not hold:");
    broken.forEach((invariant, found) -> {
      report.append(
          "%n  %s (within %d s)".formatted(invariant.sentence(), invariant.within().toSeconds()));
      found.forEach(one -> report.append("%n    %s".formatted(one.what())));
    });
    return report.toString();
  }
}
