package io.cpdevents.payout;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import java.nio.charset.StandardCharsets;
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

  /** Tells them to this broker. */
  public Facts(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Tells a fact. */
  public void tell(Event event) {
    tell(event, UUID.randomUUID());
  }

  /** Tells a fact under an id that may have been used before: a duplicate. */
  public void tell(Event event, UUID eventId) {
    ProducerRecord<String, byte[]> message =
        new ProducerRecord<>(event.topic().topicName(), event.key(), ContractsJson.write(event));
    Map.of(
            "ce_id",
            eventId.toString(),
            "ce_type",
            EventType.nameOf(event.getClass()),
            "ce_source",
            "/test",
            "ce_specversion",
            "1.0",
            "ce_subject",
            event.key(),
            "ce_time",
            "2027-03-01T15:00:00Z")
        .forEach(
            (name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    try {
      producer.send(message).get(MAX_ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("Kafka did not take the fact", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
