package io.cpdevents.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Memory of a process and its children, from {@code /proc} or {@code ps}. */
public final class ProcessMemory {

  private static final int KILOBYTES_PER_MEGABYTE = 1024;

  private ProcessMemory() {}

  /**
   * Megabytes in use: the proportional share where the system tells it, so that PostgreSQL's shared
   * buffers count once, else the resident size.
   */
  public static long megabytes(long pid) {
    long kilobytes =
        Stream.concat(
                Stream.of(pid),
                ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .map(ProcessHandle::pid))
            .mapToLong(ProcessMemory::kilobytes)
            .sum();
    return kilobytes / KILOBYTES_PER_MEGABYTE;
  }

  private static long kilobytes(long pid) {
    Path proportional = Path.of("/proc", Long.toString(pid), "smaps_rollup");
    if (Files.isReadable(proportional)) {
      try (Stream<String> lines = Files.lines(proportional)) {
        return number(lines.filter(line -> line.startsWith("Pss:")).findFirst().orElse("0"));
      } catch (IOException | UncheckedIOException e) {
        // The process ended meanwhile.
        return 0;
      }
    }
    return resident(pid);
  }

  private static long resident(long pid) {
    try {
      Process ps =
          new ProcessBuilder(List.of("ps", "-o", "rss=", "-p", Long.toString(pid))).start();
      try (var reader = ps.inputReader()) {
        return number(reader.readAllAsString());
      }
    } catch (IOException e) {
      return 0;
    }
  }

  private static long number(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
