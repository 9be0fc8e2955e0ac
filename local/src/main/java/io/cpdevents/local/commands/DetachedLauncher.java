package io.cpdevents.local.commands;

import io.cpdevents.local.Launcher;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A launcher of its own in the background, whose output is shown until everything is ready. */
final class DetachedLauncher {

  private static final Duration MAX_START_TIME = Duration.ofMinutes(8);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private final LocalOptions options;

  DetachedLauncher(LocalOptions options) {
    this.options = options;
  }

  /**
   * Starts {@code ./cpd up}; false when not all of it is ready.
   *
   * @throws LocalFailure when a platform runs here already
   */
  boolean start() {
    Launcher.of(options)
        .ifPresent(launcher -> {
          throw new LocalFailure(launcher.runsAlready());
        });
    Path log = options.logs().resolve("launcher.log");
    try {
      Files.createDirectories(log.getParent());
      Files.deleteIfExists(log);
      ProcessBuilder builder =
          new ProcessBuilder(command()).directory(options.repositoryRoot().toFile());
      builder.environment().put("CPD_LAUNCHER_LOG", log.toString());
      builder.start().waitFor();
      return follow(log);
    } catch (IOException e) {
      throw new LocalFailure("could not start in the background: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted; ./cpd status tells what runs");
    }
  }

  private static List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "nohup \"$@\" >\"$CPD_LAUNCHER_LOG\" 2>&1 </dev/null &", "cpd"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Cpd.class.getName(),
            "up"));
    return command;
  }

  private static boolean follow(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + MAX_START_TIME.toNanos();
    int shown = 0;
    while (System.nanoTime() < deadline) {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      for (String line : lines.subList(Math.min(shown, lines.size()), lines.size())) {
        if (line.equals(UpCommand.STARTED)) {
          return !lines.contains(UpCommand.INCOMPLETE);
        }
        if (line.startsWith("cpd: ")) {
          System.err.println(String.join("\n", lines.subList(lines.indexOf(line), lines.size())));
          return false;
        }
        System.out.println(line);
      }
      shown = lines.size();
      Thread.sleep(LOOK_EVERY);
    }
    throw new LocalFailure("not ready in time, see " + log);
  }
}
