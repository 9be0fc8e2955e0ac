package io.cpdevents.platform.test.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that never outlives this JVM, however this JVM ends: a small shell stands between
 * them, reads a pipe that nobody writes to, and stops the child when the pipe closes.
 */
public final class SupervisedProcess implements AutoCloseable {

  /** How a child is asked to end. */
  public enum StopSignal {
    /** What JVMs and most servers understand. */
    TERM,
    /** PostgreSQL's fast shutdown: it does not wait for its clients. */
    INT
  }

  private static final int KILL_AFTER_SECONDS = 30;

  /*
   * $1 stop signal, $2 seconds until SIGKILL, $3 log file, then the command. The pipe is on descriptor 3. Ctrl-C in a terminal reaches
   * every process of the foreground group: the shell and the child ignore it, and the launcher stops them in its order.
   */
  private static final String SHELL =
      """
      signal=$1; patience=$2; log=$3; shift 3
      trap '' INT HUP
      exec 3<&0
      "$@" </dev/null >"$log" 2>&1 3<&- &
      child=$!
      {
        read -r nothing <&3
        kill -CONT $child 2>/dev/null
        kill -$signal $child 2>/dev/null
        while [ $patience -gt 0 ] && kill -0 $child 2>/dev/null; do sleep 1; patience=$((patience - 1)); done
        kill -KILL $child 2>/dev/null
      } >/dev/null 2>&1 &
      watcher=$!
      echo $child
      exec >&-
      wait $child
      status=$?
      kill -KILL $watcher 2>/dev/null
      exit $status
      """;

  private final Process shell;
  private final long pid;

  private SupervisedProcess(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  /**
   * Starts the command.
   *
   * @param environment added to this process's own
   * @param log where the child's output goes; the file is replaced
   */
  public static SupervisedProcess start(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path log,
      StopSignal signal) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", SHELL, "cpd-child"));
    words.add(signal.name());
    words.add(Integer.toString(KILL_AFTER_SECONDS));
    words.add(log.toAbsolutePath().toString());
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process shell = builder.start();
      String pid = shell.inputReader().readLine();
      if (pid == null) {
        throw new IllegalStateException("could not start " + command.getFirst() + ", see " + log);
      }
      return new SupervisedProcess(shell, Long.parseLong(pid));
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + command.getFirst(), e);
    }
  }

  /** The operating system's id of the child itself, not of the shell. */
  public long pid() {
    return pid;
  }

  /** Whether the child runs (a suspended child does). */
  public boolean isAlive() {
    return shell.isAlive();
  }

  /** The exit code of a child that has ended: 128 + n when a signal n ended it. */
  public int exitCode() {
    return shell.exitValue();
  }

  /** Waits for the end; false when the time is over first. */
  public boolean waitFor(Duration most) {
    try {
      return shell.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Sends a signal by name ({@code STOP}, {@code CONT}, {@code KILL}…) to the child and, when it
   * has forked, to what it forked.
   */
  public void signal(String name) {
    ProcessHandle.of(pid)
        .ifPresent(child -> {
          List<ProcessHandle> forked = child.descendants().toList();
          signal(name, pid);
          forked.forEach(process -> signal(name, process.pid()));
        });
  }

  /** Asks the child to end, and waits; it is killed when it does not. */
  @Override
  public void close() {
    // A suspended process does not hear that it is to end, nor do those that it forked.
    signal("CONT");
    try {
      // The closed pipe is the request: the shell signals the child.
      shell.getOutputStream().close();
    } catch (IOException e) {
      signal("KILL");
    }
    if (!waitFor(Duration.ofSeconds(KILL_AFTER_SECONDS + 5L))) {
      signal("KILL");
      shell.destroyForcibly();
    }
  }

  /** Sends a signal by name to any process; false when there is no such process. */
  public static boolean signal(String name, long pid) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid + " 2>/dev/null").start();
      return kill.waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
