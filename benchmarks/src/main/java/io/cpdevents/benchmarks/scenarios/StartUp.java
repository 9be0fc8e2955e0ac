package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.local.ComponentStatus;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.LocalPlatform;
import io.cpdevents.local.StartCaches;
import io.cpdevents.local.StartTraining;
import java.util.Optional;

/** From nothing to ready: what {@code ./cpd up} does. */
public final class StartUp {

  private static final double NANOS_PER_SECOND = 1e9;

  private StartUp() {}

  /** Starts on an empty directory, again on what is there then, and again with start caches. */
  public static void measure(LocalOptions options, Report report) {
    report.begin("start-up");
    start(options, report, "the first time").close();
    try (LocalPlatform platform = start(options, report, "again")) {
      Memory.report(platform, report, "at rest");
    }
    StartTraining.run(LocalOptions.forTests(options.home().resolve("training")), report::say);
    try (LocalPlatform platform = start(options.with(StartCaches.USED), report, "trained")) {
      Memory.report(platform, report, "at rest, trained");
    }
  }

  private static LocalPlatform start(LocalOptions options, Report report, String which) {
    long began = System.nanoTime();
    LocalPlatform platform = LocalPlatform.start(options);
    double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
    report.add("up " + which, seconds, "s", Target.START_SECONDS, "");
    for (ComponentStatus status : platform.statuses()) {
      report.add(
          "up " + which + ": " + status.name(),
          Optional.ofNullable(status.startSeconds()).orElse(Double.NaN),
          "s");
    }
    return platform;
  }
}
