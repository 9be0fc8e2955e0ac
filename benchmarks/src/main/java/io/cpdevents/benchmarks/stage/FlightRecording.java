package io.cpdevents.benchmarks.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Java Flight Recorder in another process, by jcmd. When closed, the file is there: {@code jfr view
 * hot-methods FILE}.
 */
final class FlightRecording implements Profile {

  private static final String NAME = "benchmark";

  private final long pid;
  private final Path file;

  private FlightRecording(long pid, Path file) {
    this.pid = pid;
    this.file = file;
  }

  static FlightRecording start(long pid, Path file) {
    jcmd(pid, "JFR.start", "name=" + NAME, "settings=profile", "jdk.CPUTimeSample#enabled=true");
    return new FlightRecording(pid, file.toAbsolutePath());
  }

  @Override
  public void close() {
    jcmd(pid, "JFR.stop", "name=" + NAME, "filename=" + file);
  }

  private static void jcmd(long pid, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid)));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output;
      try (var reader = process.inputReader()) {
        output = reader.readAllAsString();
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
