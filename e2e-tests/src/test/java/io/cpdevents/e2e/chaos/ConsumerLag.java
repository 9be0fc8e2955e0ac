package io.cpdevents.e2e.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Records that a consumer has not taken yet. An offset before the end is not enough to tell: the
 * ends of transactions take offsets too and are never handed to anybody.
 */
record ConsumerLag(String bootstrapServers) {

  private static final Duration LOOK = Duration.ofMillis(100);

  void describe(List<String> wrong) {
    try (Admin admin =
            Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        KafkaConsumer<byte[], byte[]> reader =
            new KafkaConsumer<>(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      for (GroupListing group : admin.listGroups().all().get()) {
        int left =
            recordsAfter(
                reader,
                admin
                    .listConsumerGroupOffsets(group.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get());
        if (left > 0) {
          wrong.add("%s has not taken %d records or more".formatted(group.groupId(), left));
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not ask Kafka", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int recordsAfter(
      KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, OffsetAndMetadata> taken) {
    Map<TopicPartition, Long> ends = new HashMap<>(reader.endOffsets(taken.keySet()));
    taken.forEach((partition, offset) -> ends.remove(partition, offset.offset()));
    reader.assign(ends.keySet());
    taken.forEach((partition, offset) -> {
      if (ends.containsKey(partition)) {
        reader.seek(partition, offset);
      }
    });
    int left = 0;
    while (left == 0
        && ends.entrySet().stream()
            .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
      left = reader.poll(LOOK).count();
    }
    return left;
  }
}
