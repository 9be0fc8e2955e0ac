package io.cpdevents.platform.test;

import io.cpdevents.contracts.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * Every topic without the records of earlier contexts.
 *
 * @param bootstrapServers Kafka's address
 * @param starts where the records of this context begin, for each partition
 */
record EmptiedTopics(String bootstrapServers, Map<TopicPartition, Long> starts) {

  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(30);

  static EmptiedTopics at(String bootstrapServers) {
    List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      admin
          .describeTopics(names)
          .allTopicNames()
          .get(MAX_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS)
          .forEach((name, topic) ->
              topic
                  .partitions()
                  .forEach(partition ->
                      latest.put(
                          new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest)
          .all()
          .get(MAX_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS)
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      // Kafka refuses to delete from a topic that is only compacted; such records are skipped by
      // the recorder, and listeners of a new context must bear what they tell of other tenants.
      ends.forEach((partition, end) -> {
        if (!Topic.named(partition.topic()).isCompacted()) {
          all.put(partition, RecordsToDelete.beforeOffset(end));
        }
      });
      admin.deleteRecords(all).all().get(MAX_ANSWER_TIME.toSeconds(), TimeUnit.SECONDS);
      return new EmptiedTopics(bootstrapServers, Map.copyOf(ends));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("could not empty the topics at " + bootstrapServers, e);
    }
  }
}
