package io.cpdevents.local;

import io.cpdevents.local.mailbox.MailboxProcess;
import io.cpdevents.platform.test.servers.PostgresCluster;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How each component is launched; asked anew at each start, because jars and time move on. */
final class LaunchSpecs {

  private final LocalOptions options;
  private final ServiceEnvironment environment;
  private final PostgresCluster postgres;
  private final BusinessClock clock;

  LaunchSpecs(
      LocalOptions options,
      ServiceEnvironment environment,
      PostgresCluster postgres,
      BusinessClock clock) {
    this.options = options;
    this.environment = environment;
    this.postgres = postgres;
    this.clock = clock;
  }

  /**
   * Prepares the files that a start needs, and says how to launch.
   *
   * @throws LocalFailure when a jar is missing
   */
  LaunchSpec prepare(Component component) {
    return switch (component) {
      case POSTGRES -> postgres();
      case KAFKA -> kafka();
      case MAILBOX -> mailbox();
      case STRIPE_SANDBOX, ACCOUNTS, REGISTRATION, BILLING, PAYOUT, NOTIFICATION, GATEWAY ->
          service(component);
    };
  }

  private LaunchSpec postgres() {
    postgres.initialise();
    return new LaunchSpec(
        postgres.serverCommand(postgresSettings()), Map.of(), SupervisedProcess.StopSignal.INT);
  }

  private LaunchSpec kafka() {
    Path ready = KafkaProcess.readyFile(options);
    try {
      Files.deleteIfExists(ready);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + ready, e);
    }
    return ofThisJar(
        Component.KAFKA,
        KafkaProcess.class,
        options.home().resolve("kafka").toString(),
        Integer.toString(options.ports().of(Component.KAFKA)),
        Integer.toString(options.ports().kafkaController()),
        ready.toString());
  }

  private LaunchSpec mailbox() {
    return ofThisJar(
        Component.MAILBOX,
        MailboxProcess.class,
        options.home().resolve("mail").toString(),
        Integer.toString(options.ports().smtp()),
        Integer.toString(options.ports().of(Component.MAILBOX)));
  }

  private LaunchSpec ofThisJar(Component component, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(JvmCommand.of(component, options.jitMode()));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("-Dlogback.configurationFile=logback-local.xml");
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return LaunchSpec.of(command);
  }

  private LaunchSpec service(Component component) {
    ServiceJar jar = ServiceJar.of(component, options);
    List<String> command = new ArrayList<>(JvmCommand.of(component, options.jitMode()));
    command.addAll(new StartCache(jar).flags(options.startCaches()));
    command.add("-cp");
    command.add(jar.classPathText());
    command.add(jar.mainClass());
    return new LaunchSpec(
        command,
        environment.of(component, postgres, clock.offsetSeconds()),
        SupervisedProcess.StopSignal.TERM);
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
}
