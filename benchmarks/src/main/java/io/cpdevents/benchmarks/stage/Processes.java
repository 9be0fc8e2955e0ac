package io.cpdevents.benchmarks.stage;

import io.cpdevents.local.ComponentStatus;
import io.cpdevents.local.LocalPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What every process of the platform, and this one, has cost. Linux tells it, in {@code /proc}. */
public final class Processes {

  /** The driver's own name in all figures. */
  public static final String DRIVER = "driver";

  /** POSIX calls it CLK_TCK; it has been 100 on Linux for every architecture of today. */
  private static final int TICKS_PER_SECOND = 100;

  private static final int MILLISECONDS_PER_SECOND = 1000;

  /** Fields of {@code /proc/<pid>/stat} behind the name: proc(5) counts utime as 14. */
  private static final int USER_TICKS = 11;

  private static final int FIELDS = 4;

  private final LocalPlatform platform;

  Processes(LocalPlatform platform) {
    this.platform = platform;
  }

  /** CPU milliseconds of each process since its start, children included. */
  public Map<String, Long> cpuMilliseconds() {
    Map<String, Long> used = new LinkedHashMap<>();
    for (ComponentStatus status : platform.statuses()) {
      Optional.ofNullable(status.pid()).ifPresent(pid -> used.put(status.name(), ofTree(pid)));
    }
    used.put(DRIVER, of(ProcessHandle.current().pid()));
    return used;
  }

  /** What was used between two looks. */
  public static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> used = new LinkedHashMap<>();
    after.forEach((name, milliseconds) ->
        used.put(name, Math.max(0, milliseconds - before.getOrDefault(name, 0L))));
    return used;
  }

  private static long ofTree(long pid) {
    return Stream.concat(
            Stream.of(pid),
            ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid))
        .mapToLong(Processes::of)
        .sum();
  }

  /** Its own time and that of children that have ended. */
  private static long of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int i = USER_TICKS; i < USER_TICKS + FIELDS; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks * MILLISECONDS_PER_SECOND / TICKS_PER_SECOND;
    } catch (IOException e) {
      if (!Files.exists(Path.of("/proc/self/stat"))) {
        throw new UncheckedIOException("CPU times are read from /proc, which is not here", e);
      }
      // It ended meanwhile; its parent has its time now.
      return 0;
    }
  }
}
