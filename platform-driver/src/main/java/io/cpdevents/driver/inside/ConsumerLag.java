package io.cpdevents.driver.inside;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Records that a consumer has not taken yet. An offset before the end is not enough to tell: the
 * ends of transactions take offsets too and are never handed to anybody. So what lies behind the
 * least offset is read until a record comes, or the end.
 */
public final class ConsumerLag implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(100);

  /** A fetch that waits for more at the end would hold up the next look. */
  private static final int FETCH_WAITS_MILLIS = 5;

  private final String bootstrapServers;
  private @Nullable Clients clients;

  /** Connects when it is first asked. */
  public ConsumerLag(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Consumer groups that are behind, with how many records they have not taken at least. */
  public synchronized Map<String, Integer> groupsBehind() {
    try {
      Clients open = clients();
      Map<String, Map<TopicPartition, OffsetAndMetadata>> taken = new TreeMap<>();
      for (GroupListing group : open.admin().listGroups().all().get()) {
        taken.put(
            group.groupId(),
            open.admin()
                .listConsumerGroupOffsets(group.groupId())
                .partitionsToOffsetAndMetadata()
                .get());
      }
      return behind(open.reader(), taken);
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not ask Kafka: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Map<String, Integer> behind(
      KafkaConsumer<byte[], byte[]> reader,
      Map<String, Map<TopicPartition, OffsetAndMetadata>> taken) {
    Map<TopicPartition, Long> least = new HashMap<>();
    taken
        .values()
        .forEach(offsets ->
            offsets.forEach(
                (partition, offset) -> least.merge(partition, offset.offset(), Math::min)));
    Map<TopicPartition, Long> ends = new HashMap<>(reader.endOffsets(least.keySet()));
    least.forEach(ends::remove);
    reader.assign(ends.keySet());
    ends.keySet().forEach(partition -> reader.seek(partition, least.getOrDefault(partition, 0L)));
    Map<String, Integer> behind = new TreeMap<>();
    while (behind.isEmpty()
        && ends.entrySet().stream()
            .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(LOOK)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        taken.forEach((group, offsets) -> {
          OffsetAndMetadata own = offsets.get(partition);
          if (own != null && own.offset() <= record.offset()) {
            behind.merge(group, 1, Integer::sum);
          }
        });
      }
    }
    return behind;
  }

  @Override
  public synchronized void close() {
    if (clients != null) {
      clients.admin().close();
      clients.reader().close();
    }
  }

  private Clients clients() {
    Clients open = clients;
    if (open == null) {
      open =
          new Clients(
              Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)),
              new KafkaConsumer<>(
                  Map.of(
                      ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                      bootstrapServers,
                      ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                      "read_committed",
                      ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                      FETCH_WAITS_MILLIS),
                  new ByteArrayDeserializer(),
                  new ByteArrayDeserializer()));
      clients = open;
    }
    return open;
  }

  private record Clients(Admin admin, KafkaConsumer<byte[], byte[]> reader) {}
}
