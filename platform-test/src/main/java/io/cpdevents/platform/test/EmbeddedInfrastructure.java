package io.cpdevents.platform.test;

import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.KafkaBroker;
import io.cpdevents.platform.test.servers.PostgresCluster;
import io.cpdevents.platform.test.servers.ServiceDatabase;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** PostgreSQL as a child process and Kafka in this JVM, on free ports, in a temporary directory. */
final class EmbeddedInfrastructure implements Infrastructure {

  /** Three show what belongs to one key and what does not, at a quarter of the start-up. */
  private static final int PARTITIONS = 3;

  /** A test's data need not survive the machine. */
  private static final Map<String, String> FAST =
      Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

  private static final String PASSWORD = "test";

  private final AtomicInteger databases = new AtomicInteger();
  private final PostgresCluster postgres;
  private final KafkaBroker kafka;

  private EmbeddedInfrastructure(PostgresCluster postgres, KafkaBroker kafka) {
    this.postgres = postgres;
    this.kafka = kafka;
  }

  static EmbeddedInfrastructure start() {
    Path directory = temporaryDirectory();
    PostgresCluster postgres =
        new PostgresCluster(directory.resolve("postgres"), FreePort.any(), PASSWORD);
    CompletableFuture<SupervisedProcess> postgresStart =
        CompletableFuture.supplyAsync(() -> {
          postgres.initialise();
          return postgres.start(FAST, directory.resolve("postgres.log"));
        });
    KafkaBroker kafka =
        KafkaBroker.start(directory.resolve("kafka"), FreePort.any(), FreePort.any(), Map.of());
    KafkaBroker.createTopics(
        kafka.bootstrapServers(), PARTITIONS, EmbeddedInfrastructure::thatCanBeEmptied);
    SupervisedProcess postgresServer = postgresStart.join();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  postgresServer.close();
                  kafka.close();
                  delete(directory);
                },
                "stop-test-servers"));
    return new EmbeddedInfrastructure(postgres, kafka);
  }

  @Override
  public TestDatabase createDatabase() {
    ServiceDatabase database =
        new ServiceDatabase("test_" + databases.incrementAndGet(), PASSWORD, PASSWORD);
    database.createIn(postgres);
    return new TestDatabase(
        database.name(),
        postgres.jdbcUrl(database.name()),
        database.owner(),
        database.ownerPassword(),
        database.runtimeRole(),
        database.runtimePassword());
  }

  @Override
  public void dropDatabase(TestDatabase database) {
    new ServiceDatabase(database.name(), database.ownerPassword(), database.runtimePassword())
        .dropFrom(postgres);
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Kafka does not delete records of a topic that is only compacted. */
  private static Map<String, String> thatCanBeEmptied(Topic topic) {
    Map<String, String> configuration = new HashMap<>(topic.configuration());
    if (topic.isCompacted()) {
      configuration.put("cleanup.policy", "compact,delete");
      configuration.put("retention.ms", "-1");
    }
    return configuration;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("cpd-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + directory + " (" + e + ")");
    }
  }
}
