package io.cpdevents.local;

import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One component's process: starts, signals and watches it. */
final class RunningComponent {

  private static final Duration MAX_START_TIME = Duration.ofMinutes(6);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int LINES_OF_LOG = 15;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Component component;
  private final int port;
  private final Path directory;
  private final Path log;
  private final PidFile pidFile;
  private final Supplier<LaunchSpec> launch;
  private final BooleanSupplier ready;
  private final Runnable onReady;

  private @Nullable SupervisedProcess process;
  private ComponentState state = ComponentState.STOPPED;
  private CompletableFuture<Boolean> becameReady = CompletableFuture.completedFuture(false);
  private @Nullable Double startSeconds;
  private @Nullable String problem;

  /**
   * @param launch how to start it now; throws {@link LocalFailure} when something is missing
   * @param ready whether the started process answers
   * @param onReady what is left to do once, each time it answers, before it counts as up
   */
  RunningComponent(
      Component component,
      LocalOptions options,
      Supplier<LaunchSpec> launch,
      BooleanSupplier ready,
      Runnable onReady) {
    this.component = component;
    this.port = options.ports().of(component);
    this.directory = options.home();
    this.log = options.logOf(component);
    this.pidFile = PidFile.of(options, component);
    this.launch = launch;
    this.ready = ready;
    this.onReady = onReady;
  }

  /** Starts the process and returns at once; {@link #awaitUp} tells when it is ready. */
  synchronized void start() {
    if (process != null && process.isAlive()) {
      throw new LocalFailure(component.wireName() + " runs already, with pid " + process.pid());
    }
    startSeconds = null;
    problem = null;
    LaunchSpec spec;
    try {
      spec = launch.get();
    } catch (LocalFailure e) {
      state = ComponentState.NOT_BUILT;
      problem = e.getMessage();
      becameReady = CompletableFuture.completedFuture(false);
      return;
    }
    keepFormerLog();
    long began = System.nanoTime();
    SupervisedProcess started = spec.launch(directory, log);
    process = started;
    pidFile.write(started.pid());
    state = ComponentState.STARTING;
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    becameReady = result;
    Thread.ofVirtual()
        .name("watch-" + component.wireName())
        .start(() -> watch(started, began, result));
  }

  /** Waits for a started component; false when it failed or the time is over. */
  boolean awaitUp(Duration most) {
    CompletableFuture<Boolean> result;
    synchronized (this) {
      result = becameReady;
    }
    try {
      return result.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Asks it to end, and waits. */
  void stop() {
    SupervisedProcess running;
    synchronized (this) {
      running = process;
      process = null;
      state = ComponentState.STOPPED;
      startSeconds = null;
    }
    if (running != null) {
      running.close();
      pidFile.delete();
    }
  }

  /** SIGKILL, as the kernel would when memory is short. Returns once it is gone. */
  void kill() {
    SupervisedProcess running = required();
    running.signal("KILL");
    running.waitFor(MAX_START_TIME);
    ended(running, "it was killed");
  }

  /** SIGSTOP: it keeps its memory, connections and locks, and does nothing. */
  synchronized void suspend() {
    required().signal("STOP");
    state = ComponentState.SUSPENDED;
  }

  /** SIGCONT. */
  synchronized void resume() {
    required().signal("CONT");
    if (state == ComponentState.SUSPENDED) {
      state = becameReady.isDone() ? ComponentState.UP : ComponentState.STARTING;
    }
  }

  synchronized ComponentStatus status() {
    SupervisedProcess running = process;
    boolean alive = running != null && running.isAlive();
    Long pid = running != null && alive ? Long.valueOf(running.pid()) : null;
    boolean up = (alive ? state == ComponentState.UP : mayRunElsewhere()) && ready.getAsBoolean();
    return new ComponentStatus(
        component.wireName(),
        state,
        pid,
        port,
        up ? "UP" : "DOWN",
        startSeconds,
        pid == null ? null : ProcessMemory.megabytes(pid),
        problem);
  }

  /** A service that was stopped here may be run by somebody's IDE at the same port. */
  private boolean mayRunElsewhere() {
    return state == ComponentState.STOPPED && component.isService();
  }

  private synchronized SupervisedProcess required() {
    if (process == null || !process.isAlive()) {
      throw new LocalFailure(component.wireName() + " does not run");
    }
    return process;
  }

  private void watch(SupervisedProcess started, long began, CompletableFuture<Boolean> result) {
    try {
      boolean up = becomesReady(started, began);
      result.complete(up);
      if (up) {
        while (!started.waitFor(MAX_START_TIME)) {
          // It runs: nothing to tell.
        }
        ended(started, "its process ended with code " + started.exitCode());
      }
    } catch (RuntimeException e) {
      ended(started, "could not be made ready: " + e);
      result.complete(false);
    }
  }

  private boolean becomesReady(SupervisedProcess started, long began) {
    while (true) {
      if (started.waitFor(LOOK_EVERY)) {
        ended(started, "ended with code " + started.exitCode() + " while starting; " + tailOfLog());
        return false;
      }
      if (ready.getAsBoolean()) {
        onReady.run();
        synchronized (this) {
          if (process == started) {
            startSeconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
            state = ComponentState.UP;
          }
        }
        return true;
      }
      if (System.nanoTime() - began > MAX_START_TIME.toNanos()) {
        ended(started, "is not ready after " + MAX_START_TIME.toSeconds() + " s; " + tailOfLog());
        return false;
      }
    }
  }

  private synchronized void ended(SupervisedProcess started, String why) {
    if (process == started) {
      state = ComponentState.DIED;
      problem = why;
    }
  }

  private void keepFormerLog() {
    try {
      Files.createDirectories(log.getParent());
      if (Files.exists(log)) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not keep " + log, e);
    }
  }

  private String tailOfLog() {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      List<String> last = all.subList(Math.max(0, all.size() - LINES_OF_LOG), all.size());
      return "the end of " + log + ":\n    " + String.join("\n    ", last);
    } catch (IOException | UncheckedIOException e) {
      return "see " + log;
    }
  }
}
