package io.cpdevents.local;

import io.cpdevents.platform.test.servers.PostgresCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The whole platform on one machine. Tests start it so:
 *
 * <pre>{@code
 * try (LocalPlatform platform = LocalPlatform.start(LocalOptions.forTests(directory))) {
 *   World world = World.at(platform.address());
 *   platform.kill(Component.BILLING);
 *   platform.startAgain(Component.BILLING);
 * }
 * }</pre>
 *
 * Its processes end with this JVM, however this JVM ends.
 */
public final class LocalPlatform implements AutoCloseable {

  private final LocalOptions options;
  private final Progress progress;
  private final LauncherLock lock;
  private final PostgresCluster postgres;
  private final ServiceEnvironment environment;
  private final LocalHttp http = new LocalHttp();
  private final BusinessClock clock;
  private final Lifecycle lifecycle;
  private final ControlServer control;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean closed;

  private LocalPlatform(LocalOptions options, Progress progress, LauncherLock lock) {
    this.options = options;
    this.progress = progress;
    this.lock = lock;
    Secrets secrets = new Secrets(options.home());
    this.environment = new ServiceEnvironment(options, secrets);
    this.postgres = postgres(options, secrets);
    this.clock = new BusinessClock(options, environment.internalToken(), this::runs, http);
    LaunchSpecs launches = new LaunchSpecs(options, environment, postgres, clock);
    Readiness readiness = new Readiness(options, environment, postgres, clock, http);
    this.lifecycle =
        new Lifecycle(
            options,
            progress,
            component ->
                new RunningComponent(
                    component,
                    options,
                    () -> launches.prepare(component),
                    () -> readiness.isReady(component),
                    () -> readiness.complete(component)));
    this.control = ControlServer.start(this, options.ports().control());
  }

  /** Starts everything and waits until all is up; stops it again and throws when it is not. */
  public static LocalPlatform start(LocalOptions options) {
    LocalPlatform platform = startWhatCanBe(options, Progress.SILENT);
    List<String> problems = platform.problems();
    if (!problems.isEmpty()) {
      platform.close();
      throw new LocalFailure("not everything started:\n  " + String.join("\n  ", problems));
    }
    return platform;
  }

  /**
   * Starts everything; a component that does not start is left out, {@link #problems()} has it.
   *
   * @throws LocalFailure when one runs here already or a port is taken
   */
  public static LocalPlatform startWhatCanBe(LocalOptions options, Progress progress) {
    LauncherLock lock = LauncherLock.take(options);
    try {
      endLeftovers(options);
      options.ports().requireFree();
      LocalPlatform platform = new LocalPlatform(options, progress, lock);
      platform.startAll();
      return platform;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The environment variables that a service gets when this platform starts it now. */
  public static Map<String, String> environmentOf(Component service, LocalOptions options) {
    Secrets secrets = new Secrets(options.home());
    return new ServiceEnvironment(options, secrets)
        .of(service, postgres(options, secrets), BusinessClock.offsetSeconds(options));
  }

  /** For those who act on it, see {@link io.cpdevents.driver.World}. */
  public LocalAddress address() {
    return new LocalAddress(options);
  }

  /** The control API. */
  public String controlUrl() {
    return "http://127.0.0.1:" + options.ports().control();
  }

  /** A service's own address, past the gateway: for health and metrics. */
  public String urlOf(Component component) {
    return options.urlOf(component);
  }

  /** How it was started. */
  public LocalOptions options() {
    return options;
  }

  /** For connections to any database as superuser. */
  public PostgresCluster postgres() {
    return postgres;
  }

  /** Every component as it is now. */
  public List<ComponentStatus> statuses() {
    return lifecycle.statuses();
  }

  /** What did not start or has died, a sentence each. */
  public List<String> problems() {
    return statuses().stream()
        .filter(status -> status.problem() != null)
        .map(status -> status.name() + ": " + status.problem())
        .toList();
  }

  /** SIGTERM, and waits for the end. */
  public void stop(Component component) {
    lifecycle.of(component).stop();
  }

  /** SIGKILL. */
  public void kill(Component component) {
    lifecycle.of(component).kill();
  }

  /** SIGSTOP. */
  public void suspend(Component component) {
    lifecycle.of(component).suspend();
  }

  /** SIGCONT. */
  public void resume(Component component) {
    lifecycle.of(component).resume();
  }

  /** Starts a component that has ended, and returns at once. */
  public void startAgain(Component component) {
    lifecycle.of(component).start();
  }

  /** Sets an environment variable of a service; it holds from its next start on. */
  public void set(Component component, String name, String value) {
    environment.set(component, name, value);
  }

  /** Waits until a started component is ready; false when it is not in time. */
  public boolean awaitUp(Component component, Duration most) {
    return lifecycle.of(component).awaitUp(most);
  }

  /** Moves the business time of all services and the sandbox; returns the offset in seconds. */
  public long advanceClock(Duration by) {
    return clock.advance(by);
  }

  /** The same in one leap: what falls due meanwhile is done after it, in any order. */
  public long leapClock(Duration by) {
    return clock.leap(by);
  }

  /** How far the business time is ahead of the machine's, in seconds. */
  public long clockOffsetSeconds() {
    return clock.offsetSeconds();
  }

  /** Stops everything, the last started first. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        awaitClose();
        return;
      }
      closed = true;
    }
    progress.tell("Stopping…");
    control.close();
    lifecycle.stopAll();
    http.close();
    lock.close();
    progress.tell("Everything is stopped.");
    ended.countDown();
  }

  /** Returns once somebody has stopped everything. */
  public void awaitClose() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what an earlier launcher left behind; the names of what there was. */
  public static List<String> endLeftovers(LocalOptions options) {
    return Lifecycle.endLeftovers(options);
  }

  private static PostgresCluster postgres(LocalOptions options, Secrets secrets) {
    return new PostgresCluster(
        options.home().resolve("postgres"),
        options.ports().of(Component.POSTGRES),
        secrets.of("postgres"));
  }

  private void startAll() {
    try {
      lifecycle.startAll();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private boolean runs(Component component) {
    return lifecycle.runs(component);
  }
}
