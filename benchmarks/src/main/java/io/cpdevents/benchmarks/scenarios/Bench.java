package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.BenchmarkOptions;
import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.benchmarks.load.Action;
import io.cpdevents.benchmarks.load.Load;
import io.cpdevents.benchmarks.load.LoadResult;
import io.cpdevents.benchmarks.stage.Processes;
import io.cpdevents.benchmarks.stage.Profile;
import io.cpdevents.benchmarks.stage.Stage;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.invariants.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs loads on one stage, checks what they left behind, and reports. */
public final class Bench {

  /** Nothing may be under way for longer after a load. */
  private static final Duration MAX_QUIET_TIME = Duration.ofSeconds(60);

  /** What is late all the same gets this long, so that it does not spoil the next run. */
  private static final Duration MAX_SETTLING_TIME = Duration.ofMinutes(10);

  private static final double NANOS_PER_SECOND = 1e9;

  private final BenchmarkOptions options;
  private final Stage stage;
  private final Report report;

  /** For one platform. */
  public Bench(BenchmarkOptions options, Stage stage, Report report) {
    this.options = options;
    this.stage = stage;
    this.report = report;
  }

  /** How long and how often. */
  public BenchmarkOptions options() {
    return options;
  }

  /** Where it is played. */
  public Stage stage() {
    return stage;
  }

  /** Where figures go. */
  public Report report() {
    return report;
  }

  /** The run in the middle of as many as the options want, by what was served in a second. */
  Run median(Supplier<Run> once) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < options.runs(); i++) {
      runs.add(once.get());
    }
    runs.sort(Comparator.comparingDouble(Run::perSecond));
    return runs.get((runs.size() - 1) / 2);
  }

  /** The same, with profiles if the options want them. */
  Run medianProfiled(String name, Supplier<Run> once) {
    List<Profile> profiles = new ArrayList<>();
    try {
      for (String component : options.profiled()) {
        Path file = Path.of("benchmarks", "target", name + "-" + component);
        profiles.add(stage.profile(component, file));
        report.say("profile of " + component + ": " + file + ".*");
      }
      return median(once);
    } finally {
      profiles.forEach(Profile::close);
    }
  }

  /** Puts load on, waits until nothing is under way, and looks whether all is right. */
  Run measure(Load load, Action action) {
    Instant began = stage.now();
    Map<String, Long> before = stage.processes().cpuMilliseconds();
    LoadResult result = load.put(action);
    stage.world().acknowledge(result.acknowledged());
    double quietAfterSeconds = secondsUntilQuiet();
    Map<String, Long> cpu = Processes.between(before, stage.processes().cpuMilliseconds());
    boolean isRight = isRight(quietAfterSeconds);
    return new Run(began, result, quietAfterSeconds, cpu, isRight);
  }

  /** Looks whether all is right, once nothing is under way. */
  void check() {
    isRight(secondsUntilQuiet());
  }

  /** What the database says is left of an event: what the API says may be some seconds old. */
  long placesLeft(PublishedEvent event) {
    return stage
        .world()
        .databases()
        .number("registration", "SELECT capacity - taken FROM event WHERE id = ?", event.id());
  }

  private double secondsUntilQuiet() {
    long began = System.nanoTime();
    boolean quiet = stage.world().invariants().areQuietWithin(MAX_SETTLING_TIME);
    double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
    return quiet ? seconds : Double.POSITIVE_INFINITY;
  }

  private boolean isRight(double quietAfterSeconds) {
    boolean inTime = quietAfterSeconds <= MAX_QUIET_TIME.toSeconds();
    if (!inTime) {
      report.violated(
          String.format(
              Locale.ROOT,
              "something was under way for %.0f s, more than %d",
              quietAfterSeconds,
              MAX_QUIET_TIME.toSeconds()));
    }
    List<Violation> violations = stage.world().invariants().violations();
    violations.forEach(violation -> report.violated(violation.toString()));
    return inTime && violations.isEmpty();
  }

  /** CPU for one of what was served, over all processes and of each. */
  void reportCpu(String name, Run run, @Nullable Target target) {
    double served = run.load().served();
    double all = run.cpuMilliseconds().values().stream().mapToLong(Long::longValue).sum();
    String parts =
        run.cpuMilliseconds().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(entry ->
                String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue() / served))
            .collect(Collectors.joining(", "));
    report.add(name + ": CPU-ms each, with driver", all / served, "ms", target, parts);
  }

  /** Tells how requests ended that were not served. */
  static String refusals(LoadResult load) {
    return load.outcomes().entrySet().stream()
        .filter(outcome -> !outcome.getKey().equals(Action.Outcome.GOOD))
        .map(outcome -> outcome.getValue() + " × " + outcome.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * One load and what it left behind.
   *
   * @param began when
   * @param quietAfterSeconds from the last answer until nothing was under way
   * @param cpuMilliseconds of each process, until then
   * @param isRight whether every invariant held
   */
  record Run(
      Instant began,
      LoadResult load,
      double quietAfterSeconds,
      Map<String, Long> cpuMilliseconds,
      boolean isRight) {

    /** A fast wrong answer counts as zero. */
    double perSecond() {
      return isRight ? load.perSecond() : 0;
    }
  }
}
