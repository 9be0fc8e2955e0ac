package io.cpdevents.platform.test.servers;

import io.cpdevents.contracts.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.Time;

/** A Kafka broker, its own controller, in this JVM, on the loopback address only. */
public final class KafkaBroker implements AutoCloseable {

  private static final Duration MAX_ADMIN_ANSWER_TIME = Duration.ofSeconds(60);
  private static final int BROKER_ID = 1;
  private static final int INTERNAL_PARTITIONS = 4;
  private static final int THREADS = 2;

  /** The least Kafka takes for one cleaner thread; its default of 128 MiB is for large brokers. */
  private static final int CLEANER_BUFFER_BYTES = 2 * 1024 * 1024;

  private final KafkaRaftServer server;
  private final int port;

  private KafkaBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker; it takes up what the directory holds.
   *
   * @param directory of its logs and configuration
   * @param port for clients
   * @param controllerPort for itself
   * @param settings over the defaults here, as in server.properties
   */
  public static KafkaBroker start(
      Path directory, int port, int controllerPort, Map<String, String> settings) {
    Properties properties = properties(directory, port, controllerPort);
    properties.putAll(settings);
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve("server.properties");
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, null);
      }
      if (!Files.exists(directory.resolve("log").resolve("meta.properties"))) {
        format(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write to " + directory, e);
    }
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(server, port);
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /**
   * Creates the topics of the contracts' table that are missing, and sets the configuration of
   * those that are there.
   *
   * @param partitions of each new topic
   * @param configuration of a topic, by the table or otherwise
   */
  public static void createTopics(
      String bootstrapServers, int partitions, Function<Topic, Map<String, String>> configuration) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Set<String> present =
          admin.listTopics().names().get(MAX_ADMIN_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
      for (Topic topic : Topic.values()) {
        if (present.contains(topic.topicName())) {
          changes.put(
              new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
              settings(configuration.apply(topic)));
        } else {
          missing.add(
              new NewTopic(topic.topicName(), partitions, (short) 1)
                  .configs(configuration.apply(topic)));
        }
      }
      admin
          .incrementalAlterConfigs(changes)
          .all()
          .get(MAX_ADMIN_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS);
      admin.createTopics(missing).all().get(MAX_ADMIN_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("could not create the topics at " + bootstrapServers, e);
    }
  }

  private static List<AlterConfigOp> settings(Map<String, String> configuration) {
    return configuration.entrySet().stream()
        .map(entry ->
            new AlterConfigOp(
                new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
        .toList();
  }

  /** Waits until the broker has ended. */
  public void awaitEnd() {
    server.awaitShutdown();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Properties properties(Path directory, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(BROKER_ID));
    properties.put("controller.quorum.voters", BROKER_ID + "@127.0.0.1:" + controllerPort);
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("log.dirs", directory.resolve("log").toAbsolutePath().toString());
    properties.put("auto.create.topics.enable", "false");
    for (String internal :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      properties.put(internal + ".replication.factor", "1");
      properties.put(internal + ".num.partitions", Integer.toString(INTERNAL_PARTITIONS));
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    // A group of one consumer need not wait for others to join.
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("num.network.threads", Integer.toString(THREADS));
    properties.put("num.io.threads", Integer.toString(THREADS));
    properties.put("background.threads", Integer.toString(THREADS));
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES));
    properties.put("log.cleaner.io.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES / 4));
    return properties;
  }

  private static void format(Path configuration) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    String[] words = {
      "format",
      "--cluster-id",
      Uuid.randomUuid().toString(),
      "--config",
      configuration.toAbsolutePath().toString()
    };
    if (StorageTool.execute(words, stream) != 0) {
      throw new IllegalStateException(
          "could not format Kafka's log directory: " + output.toString(StandardCharsets.UTF_8));
    }
  }
}
