package io.cpdevents.driver.inside;

import io.cpdevents.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Everything that services have ever told each other. */
public record Topics(String bootstrapServers) {

  private static final long MAX_ANSWER_SECONDS = 10;
  private static final Duration MAX_READ_TIME = Duration.ofSeconds(2);

  /** Hands every key, value and header of these topics to the reader, with its topic's name. */
  public void read(Collection<Topic> topics, BiConsumer<String, String> reader) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(MAX_READ_TIME)) {
          reader.accept(record.topic(), text(record.key()));
          reader.accept(record.topic(), text(record.value()));
          for (Header header : record.headers()) {
            reader.accept(record.topic(), text(header.value()));
          }
        }
      }
    }
  }

  /**
   * Has a compacted topic forget at once what it would forget within hours: its segments are closed
   * by a tombstone of nobody on each partition, and the broker cleans closed ones.
   */
  public void compact(Topic topic) {
    Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    try (Admin admin = Admin.create(broker);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<AlterConfigOp> ops =
          Map.of(
                  "segment.ms", "100",
                  "max.compaction.lag.ms", "100",
                  "min.cleanable.dirty.ratio", "0.0")
              .entrySet()
              .stream()
              .map(entry ->
                  new AlterConfigOp(
                      new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
              .toList();
      admin
          .incrementalAlterConfigs(Map.of(resource, ops))
          .all()
          .get(MAX_ANSWER_SECONDS, TimeUnit.SECONDS);
      for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
        ProducerRecord<byte[], byte[]> tombstone =
            new ProducerRecord<>(
                topic.topicName(),
                partition,
                UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8),
                null);
        Map.of(
                "ce_id",
                UUID.randomUUID().toString(),
                "ce_source",
                "/compaction",
                "ce_specversion",
                "1.0",
                "ce_time",
                Instant.EPOCH.toString())
            .forEach((name, value) ->
                tombstone.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(tombstone).get(MAX_ANSWER_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
