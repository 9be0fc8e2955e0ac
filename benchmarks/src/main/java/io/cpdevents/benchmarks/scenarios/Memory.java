package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.figures.Target;
import io.cpdevents.local.Component;
import io.cpdevents.local.ComponentStatus;
import io.cpdevents.local.LocalPlatform;
import java.util.List;
import java.util.Optional;

/** What every process holds in memory: its proportional share, so that shared pages count once. */
public final class Memory {

  private Memory() {}

  /** Tells it now. */
  public static void report(LocalPlatform platform, Report report, String when) {
    List<ComponentStatus> statuses = platform.statuses();
    long machines = 0;
    for (ComponentStatus status : statuses) {
      long megabytes = Optional.ofNullable(status.memoryMegabytes()).orElse(0L);
      report.add("memory " + when + ": " + status.name(), (double) megabytes, "MB");
      if (!status.name().equals(Component.POSTGRES.wireName())) {
        machines += megabytes;
      }
    }
    report.add(
        "memory " + when + ": all JVMs",
        (double) machines,
        "MB",
        Target.JVM_MEGABYTES,
        "without the driver");
  }
}
