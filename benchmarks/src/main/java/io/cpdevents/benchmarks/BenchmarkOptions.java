package io.cpdevents.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long, how often, what.
 *
 * @param training length of the load from which start caches are made before; zero for none
 * @param warmUp load of each kind before anything is measured
 * @param measured length of each run
 * @param runs of which the median counts
 * @param scenarios names of what is measured
 * @param rows registrations that the database holds before {@code full-database}
 * @param profiled the components whose Java Flight Recorders run while the most is found
 * @param settings environment variables of all services
 */
public record BenchmarkOptions(
    Duration training,
    Duration warmUp,
    Duration measured,
    int runs,
    Set<String> scenarios,
    int rows,
    List<String> profiled,
    Map<String, String> settings) {

  /** Every scenario, in the order of running. */
  public static final List<String> SCENARIOS =
      List.of(
          "start-up",
          "free-hot",
          "free-spread",
          "promo-hot",
          "promo-spread",
          "rush",
          "waitlist",
          "check-in",
          "paid",
          "webhooks",
          "outbox",
          "database-limit",
          "reconciliation",
          "full-database");

  static final String USAGE =
      """
      benchmarks/run [options]
        --seconds N       length of each run (60)
        --warm-up N       seconds of load of each kind before anything is measured (60)
        --train N         first N seconds of paid load, from which the JVMs' start caches are made (none)
        --runs N          runs of each, of which the median counts (3)
        --scenarios A,B   of %s (all)
        --rows N          registrations that the database holds before full-database (1000000)
        --profile A,B     profile components (gateway, postgres…) while the most is found
        --set NAME=VALUE  an environment variable of all services; may be repeated
      CPD_SKIP_BUILD=1 takes the jars as they are. Results: benchmarks/target/results.json
      """
          .formatted(String.join(", ", SCENARIOS));

  /**
   * Reads the command line; the method of the figures that are compared is its default.
   *
   * @throws IllegalArgumentException with a sentence for the person
   */
  static BenchmarkOptions of(String[] arguments) {
    Duration training = Duration.ZERO;
    Duration warmUp = Duration.ofSeconds(60);
    Duration measured = Duration.ofSeconds(60);
    int runs = 3;
    Set<String> scenarios = new LinkedHashSet<>(SCENARIOS);
    int rows = 1_000_000;
    List<String> profiled = List.of();
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " wants a value");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--train" -> training = Duration.ofSeconds(number(value));
        case "--warm-up" -> warmUp = Duration.ofSeconds(number(value));
        case "--seconds" -> measured = Duration.ofSeconds(number(value));
        case "--runs" -> runs = number(value);
        case "--scenarios" -> scenarios = known(value);
        case "--rows" -> rows = number(value);
        case "--profile" -> profiled = List.of(value.split(","));
        case "--set" -> {
          String[] parts = value.split("=", 2);
          settings.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        default -> throw new IllegalArgumentException("unknown: " + arguments[i]);
      }
    }
    return new BenchmarkOptions(
        training, warmUp, measured, runs, scenarios, rows, profiled, Map.copyOf(settings));
  }

  private static Set<String> known(String list) {
    Set<String> names = new LinkedHashSet<>(Arrays.asList(list.split(",")));
    names.forEach(name -> {
      if (!SCENARIOS.contains(name)) {
        throw new IllegalArgumentException("there is no scenario " + name + ", only " + SCENARIOS);
      }
    });
    return names;
  }

  private static int number(String text) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
    if (number < 1) {
      throw new IllegalArgumentException("not a positive number: " + text);
    }
    return number;
  }
}
