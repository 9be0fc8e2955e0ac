package io.cpdevents.platform.messaging;

import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record from Kafka, or from the table {@code parked_message}. */
record Message(
    String topic,
    int partition,
    long offset,
    String key,
    @Nullable UUID eventId,
    @Nullable String eventType,
    byte @Nullable [] payload,
    @Nullable String traceParent) {

  static Message of(ConsumerRecord<String, byte[]> record) {
    return new Message(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key() == null ? "" : record.key(),
        CloudEventHeaders.readId(record.headers()),
        CloudEventHeaders.read(record.headers(), CloudEventHeaders.TYPE),
        record.value(),
        CloudEventHeaders.read(record.headers(), CloudEventHeaders.TRACE_PARENT));
  }

  /** The message without its payload, for logs and traces. */
  String describe() {
    return "%s %s-%d@%d"
        .formatted(eventType == null ? "tombstone" : eventType, topic, partition, offset);
  }
}
