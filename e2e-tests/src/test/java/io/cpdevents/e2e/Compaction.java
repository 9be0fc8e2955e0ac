package io.cpdevents.e2e;

import io.cpdevents.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Has a compacted topic forget at once what it would forget within hours: its segments are closed
 * by a tombstone of nobody on each partition, and the broker cleans closed ones.
 */
final class Compaction {

  private static final long MAX_ANSWER_SECONDS = 10;

  private static final Map<String, String> AT_ONCE =
      Map.of(
          "segment.ms", "100",
          "max.compaction.lag.ms", "100",
          "min.cleanable.dirty.ratio", "0.0");

  private Compaction() {}

  static void of(Topic topic, String bootstrapServers) throws Exception {
    Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(broker);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<AlterConfigOp> changes =
          AT_ONCE.entrySet().stream()
              .map(each ->
                  new AlterConfigOp(new ConfigEntry(each.getKey(), each.getValue()), OpType.SET))
              .toList();
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), changes))
          .all()
          .get(MAX_ANSWER_SECONDS, TimeUnit.SECONDS);
      for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
        producer.send(tombstone(topic, partition)).get(MAX_ANSWER_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> tombstone(Topic topic, int partition) {
    ProducerRecord<byte[], byte[]> tombstone =
        new ProducerRecord<>(
            topic.topicName(), partition, bytes(UUID.randomUUID().toString()), null);
    Map.of(
            "ce_id",
            UUID.randomUUID().toString(),
            "ce_source",
            "/compaction",
            "ce_specversion",
            "1.0",
            "ce_time",
            Instant.EPOCH.toString())
        .forEach((name, value) -> tombstone.headers().add(name, bytes(value)));
    return tombstone;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
