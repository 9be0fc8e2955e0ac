package io.cpdevents.local.commands;

import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.LocalPlatform;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cpd up}: this process is the launcher, until somebody stops it. */
@Command(
    name = "up",
    description = "start everything; Ctrl-C (or ./cpd down) stops it, --detach leaves it running")
final class UpCommand implements Callable<Integer> {

  /** Begins the line that tells what is missing, when something is. */
  static final String INCOMPLETE = "NOT everything runs:";

  /** The last line of a start. */
  static final String STARTED = "Ctrl-C or ./cpd down stops everything.";

  private static final double NANOS_PER_SECOND = 1e9;

  private final LocalOptions options;
  private final RunningPlatform running;
  private final DetachedLauncher launcher;

  @Option(names = "--detach", description = "return once everything is ready, and leave it running")
  boolean detached;

  UpCommand(LocalOptions options, RunningPlatform running, DetachedLauncher launcher) {
    this.options = options;
    this.running = running;
    this.launcher = launcher;
  }

  @Override
  public Integer call() {
    if (detached) {
      return launcher.start() ? 0 : 1;
    }
    long began = System.nanoTime();
    LocalPlatform platform = LocalPlatform.startWhatCanBe(options, System.out::println);
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop-platform"));
    List<String> problems = platform.problems();
    if (problems.isEmpty()) {
      System.out.printf(
          Locale.ROOT, "Ready after %.1f s.%n%n", (System.nanoTime() - began) / NANOS_PER_SECOND);
    } else {
      System.out.println("\n" + INCOMPLETE + "\n  " + String.join("\n  ", problems) + "\n");
    }
    System.out.println(running.addresses());
    System.out.println("\n" + STARTED);
    platform.awaitClose();
    return 0;
  }
}
