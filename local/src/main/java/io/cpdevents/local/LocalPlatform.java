package io.cpdevents.local;

import io.cpdevents.local.mailbox.MailboxProcess;
import io.cpdevents.platform.test.servers.PostgresCluster;
import io.cpdevents.platform.test.servers.ServiceDatabase;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

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

  private static final Duration COMPONENT_UP_WITHIN = Duration.ofMinutes(7);

  private final LocalOptions options;
  private final Progress progress;
  private final LauncherLock lock;
  private final PostgresCluster postgres;
  private final ServiceEnvironment environment;
  private final LocalHttp http = new LocalHttp();
  private final BusinessClock clock;
  private final Map<Component, RunningComponent> components = new EnumMap<>(Component.class);
  private final ControlServer control;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean closed;

  private LocalPlatform(LocalOptions options, Progress progress, LauncherLock lock) {
    this.options = options;
    this.progress = progress;
    this.lock = lock;
    Secrets secrets = new Secrets(options.home());
    this.environment = new ServiceEnvironment(options, secrets);
    this.postgres =
        new PostgresCluster(
            options.home().resolve("postgres"),
            options.ports().of(Component.POSTGRES),
            secrets.of("postgres"));
    this.clock = new BusinessClock(options, environment.internalToken(), new RunningClocks(), http);
    for (Component component : Component.values()) {
      if (component != Component.STRIPE_SANDBOX || !options.usesRealStripe()) {
        components.put(component, running(component));
      }
    }
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
      requireFreePorts(options);
      LocalPlatform platform = new LocalPlatform(options, progress, lock);
      platform.startAll();
      return platform;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
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
    return "http://127.0.0.1:" + options.ports().of(component);
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
    return components.values().parallelStream().map(RunningComponent::status).toList();
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
    required(component).stop();
  }

  /** SIGKILL. */
  public void kill(Component component) {
    required(component).kill();
  }

  /** SIGSTOP. */
  public void suspend(Component component) {
    required(component).suspend();
  }

  /** SIGCONT. */
  public void resume(Component component) {
    required(component).resume();
  }

  /** Starts a component that has ended, and returns at once. */
  public void startAgain(Component component) {
    required(component).start();
  }

  /** Waits until a started component is ready; false when it is not in time. */
  public boolean awaitUp(Component component, Duration most) {
    return required(component).awaitUp(most);
  }

  /** Moves the business time of all services and the sandbox; returns the offset in seconds. */
  public long advanceClock(Duration by) {
    return clock.advance(by);
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
    stopAtOnce(List.of(Component.GATEWAY));
    stopAtOnce(Arrays.stream(Component.values()).filter(Component::isService).toList());
    stopAtOnce(List.of(Component.MAILBOX, Component.KAFKA));
    stopAtOnce(List.of(Component.POSTGRES));
    http.close();
    lock.close();
    progress.tell("Everything is stopped.");
    ended.countDown();
  }

  /** Returns once somebody has stopped everything. */
  void awaitClose() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what an earlier launcher left behind; the names of what there was. */
  static List<String> endLeftovers(LocalOptions options) {
    List<Component> all = new ArrayList<>(Arrays.asList(Component.values()));
    Collections.reverse(all);
    return all.stream()
        .filter(component -> PidFile.of(options, component).endProcess())
        .map(Component::wireName)
        .toList();
  }

  private void startAll() {
    try {
      startAndAwait(
          components.keySet().stream().filter(component -> !component.isService()).toList());
      startAndAwait(components.keySet().stream().filter(Component::isService).toList());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startAndAwait(List<Component> some) {
    some.forEach(component -> required(component).start());
    List<Thread> waiting =
        some.stream()
            .map(component -> Thread.ofVirtual().start(() -> tellWhenUp(component)))
            .toList();
    try {
      for (Thread thread : waiting) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted while starting");
    }
  }

  private void tellWhenUp(Component component) {
    RunningComponent running = required(component);
    running.awaitUp(COMPONENT_UP_WITHIN);
    ComponentStatus status = running.status();
    Double seconds = status.startSeconds();
    progress.tell(
        seconds == null
            ? String.format(
                Locale.ROOT,
                "  %-15s %s",
                status.name(),
                status.problem() == null ? "stopped" : "FAILED: " + status.problem())
            : String.format(
                Locale.ROOT,
                "  %-15s up after %4.1f s   port %d",
                status.name(),
                seconds,
                status.port()));
  }

  private void stopAtOnce(List<Component> some) {
    List<Thread> threads =
        some.stream()
            .filter(components::containsKey)
            .map(component -> Thread.ofPlatform().start(() -> required(component).stop()))
            .toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private RunningComponent running(Component component) {
    return new RunningComponent(
        component,
        options,
        () -> recipe(component),
        readiness(component),
        switch (component) {
          case POSTGRES -> this::createDatabases;
          case STRIPE_SANDBOX -> clock::tellSandbox;
          default -> () -> {};
        });
  }

  private RunningComponent.Recipe recipe(Component component) {
    return switch (component) {
      case POSTGRES -> {
        postgres.initialise();
        yield new RunningComponent.Recipe(
            postgres.serverCommand(postgresSettings()), Map.of(), SupervisedProcess.StopSignal.INT);
      }
      case KAFKA -> {
        deleteIfExists(kafkaReady());
        yield ofThisJar(
            component,
            KafkaProcess.class,
            options.home().resolve("kafka").toString(),
            Integer.toString(options.ports().of(Component.KAFKA)),
            Integer.toString(options.ports().kafkaController()),
            kafkaReady().toString());
      }
      case MAILBOX ->
          ofThisJar(
              component,
              MailboxProcess.class,
              options.home().resolve("mail").toString(),
              Integer.toString(options.ports().smtp()),
              Integer.toString(options.ports().of(Component.MAILBOX)));
      default -> ofServiceJar(component);
    };
  }

  private RunningComponent.Recipe ofThisJar(
      Component component, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(component.java(options.compiler()));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("-Dlogback.configurationFile=logback-local.xml");
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new RunningComponent.Recipe(command, Map.of(), SupervisedProcess.StopSignal.TERM);
  }

  private RunningComponent.Recipe ofServiceJar(Component component) {
    ServiceJar jar = ServiceJar.of(component, options);
    List<String> command = new ArrayList<>(component.java(options.compiler()));
    command.addAll(new StartCache(jar).flags(options.startCaches()));
    command.add("-cp");
    command.add(jar.classPathText());
    command.add(jar.mainClass());
    return new RunningComponent.Recipe(
        command,
        environment.of(component, postgres, clock.offsetSeconds()),
        SupervisedProcess.StopSignal.TERM);
  }

  private BooleanSupplier readiness(Component component) {
    return switch (component) {
      case POSTGRES -> postgres::answers;
      case KAFKA -> () -> Files.exists(kafkaReady());
      case MAILBOX -> () -> http.isHealthy(urlOf(component) + "/health");
      default -> () -> http.isHealthy(urlOf(component) + "/actuator/health");
    };
  }

  private void createDatabases() {
    for (ServiceDatabase database : environment.databases()) {
      database.createIn(postgres);
    }
  }

  private Path kafkaReady() {
    return options.run().resolve("kafka.ready");
  }

  private final class RunningClocks implements BusinessClock.Listeners {

    @Override
    public boolean sandboxRuns() {
      return components.containsKey(Component.STRIPE_SANDBOX) && runs(Component.STRIPE_SANDBOX);
    }

    @Override
    public Map<String, String> internalClockUrls() {
      Map<String, String> urls = new LinkedHashMap<>();
      for (Component component :
          List.of(
              Component.ACCOUNTS,
              Component.REGISTRATION,
              Component.BILLING,
              Component.PAYOUT,
              Component.NOTIFICATION)) {
        if (runs(component)) {
          urls.put(component.wireName(), urlOf(component) + "/internal/clock");
        }
      }
      return urls;
    }

    private boolean runs(Component component) {
      return required(component).status().pid() != null;
    }
  }

  private RunningComponent required(Component component) {
    RunningComponent running = components.get(component);
    if (running == null) {
      throw new LocalFailure(component.wireName() + " is not part of this platform");
    }
    return running;
  }

  /**
   * Data outlives the process and the machine's crash; small, because eleven processes share it.
   */
  private Map<String, String> postgresSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("shared_buffers", "96MB");
    settings.put("max_connections", "120");
    settings.put("max_wal_size", "512MB");
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      // After a kill: one call for the file system instead of one for each of thousands of files.
      settings.put("recovery_init_sync_method", "syncfs");
    }
    if (options.countsStatements()) {
      settings.put("shared_preload_libraries", "pg_stat_statements");
      settings.put("pg_stat_statements.track_planning", "on");
    }
    return Map.copyOf(settings);
  }

  private static void requireFreePorts(LocalOptions options) {
    Map<String, Integer> taken = options.ports().taken();
    if (!taken.isEmpty()) {
      String list =
          taken.entrySet().stream()
              .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
              .collect(Collectors.joining(", "));
      throw new LocalFailure(
          """
          another program listens on a port that is needed: %s
          Stop it, or take other ports: CPD_PORT_BASE=%d ./cpd up
          (who it is: ss -ltnp, or lsof -iTCP -sTCP:LISTEN)\
          """
              .formatted(list, Ports.free().base()));
    }
  }

  private static void deleteIfExists(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file, e);
    }
  }
}
