package io.cpdevents.platform.test;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import io.cpdevents.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells facts on their topics, as other services do. */
public final class Facts implements AutoCloseable {

  private static final long MAX_ANSWER_SECONDS = 10;

  private final KafkaProducer<String, byte[]> producer;

  private Facts(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Tells facts to this Kafka. */
  public static Facts to(String bootstrapServers) {
    return new Facts(bootstrapServers);
  }

  /** Tells a fact; returns when Kafka has it. */
  public void tell(Event event) {
    tell(event, UUID.randomUUID());
  }

  /** Tells a fact under an event id that may have been used before: a duplicate. */
  public void tell(Event event, UUID eventId) {
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(event.topic().topicName(), event.key(), ContractsJson.write(event));
    header(message, "ce_type", EventType.nameOf(event.getClass()));
    send(message, eventId);
  }

  /** Erases what stands under a key: a tombstone. */
  public void erase(Topic topic, UUID key) {
    send(new ProducerRecord<>(topic.topicName(), key.toString(), null), UUID.randomUUID());
  }

  private void send(ProducerRecord<String, byte[]> message, UUID eventId) {
    header(message, "ce_id", eventId.toString());
    header(message, "ce_source", "/test");
    header(message, "ce_specversion", "1.0");
    header(message, "ce_time", Instant.EPOCH.toString());
    try {
      producer.send(message).get(MAX_ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("Kafka did not take the fact", e);
    }
  }

  private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
    message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close();
  }
}
