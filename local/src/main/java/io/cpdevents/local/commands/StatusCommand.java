package io.cpdevents.local.commands;

import io.cpdevents.local.ComponentStatus;
import io.cpdevents.local.ControlApi;
import io.cpdevents.local.Launcher;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.ProcessMemory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./cpd status}: exit code 0 when all components are up. */
@Command(name = "status", description = "what runs, on which port, with how much memory")
final class StatusCommand implements Callable<Integer> {

  private final LocalOptions options;

  StatusCommand(LocalOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    Optional<Launcher> launcher = Launcher.of(options);
    if (launcher.isEmpty()) {
      System.out.println("Nothing runs here. Start it with ./cpd up");
      return 1;
    }
    ControlApi control = launcher.get().control();
    List<ComponentStatus> statuses = control.statuses();
    System.out.printf(
        Locale.ROOT,
        "%-15s %-10s %-6s %8s %6s %9s %8s%n",
        "",
        "state",
        "health",
        "pid",
        "port",
        "start",
        "memory");
    statuses.forEach(StatusCommand::print);
    long components =
        statuses.stream()
            .map(ComponentStatus::memoryMegabytes)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum();
    // The components are descendants of the launcher; the rest is its own.
    long own = Math.max(0, ProcessMemory.megabytes(launcher.get().pid()) - components);
    System.out.printf(
        Locale.ROOT,
        "launcher %d MB, together %d MB; business time is %s ahead%n",
        own,
        components + own,
        Duration.ofSeconds(control.clock().offsetSeconds()));
    return statuses.stream().allMatch(ComponentStatus::answers) ? 0 : 1;
  }

  private static void print(ComponentStatus status) {
    System.out.printf(
        Locale.ROOT,
        "%-15s %-10s %-6s %8s %6d %9s %8s%n",
        status.name(),
        status.state().wireName(),
        status.health(),
        status.pid() == null ? "" : status.pid(),
        status.port(),
        status.startSeconds() == null
            ? ""
            : String.format(Locale.ROOT, "%.1f s", status.startSeconds()),
        status.memoryMegabytes() == null ? "" : status.memoryMegabytes() + " MB");
    if (status.problem() != null) {
      System.out.println("    " + status.problem());
    }
  }
}
