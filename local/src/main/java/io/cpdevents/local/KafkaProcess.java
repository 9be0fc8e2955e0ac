package io.cpdevents.local;

import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.test.servers.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Kafka as a process of its own, with the topics of the contracts' table. */
public final class KafkaProcess {

  private KafkaProcess() {}

  /** Written once the broker and its topics are there. */
  static Path readyFile(LocalOptions options) {
    return options.run().resolve("kafka.ready");
  }

  /** Arguments: directory, port, controller's port, the file that says that it is ready. */
  public static void main(String[] arguments) throws IOException {
    KafkaBroker broker =
        KafkaBroker.start(
            Path.of(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-kafka"));
    KafkaBroker.createTopics(broker.bootstrapServers(), Topic.PARTITIONS, Topic::configuration);
    Files.writeString(Path.of(arguments[3]), broker.bootstrapServers());
    broker.awaitEnd();
  }
}
