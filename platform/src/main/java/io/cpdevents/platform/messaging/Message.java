package io.cpdevents.platform.messaging;

import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as it came from Kafka, or as it waits in {@code parked_message}. */
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

  /** For logs and traces: no payload. */
  String describe() {
    return "%s %s-%d@%d"
        .formatted(eventType == null ? "tombstone" : eventType, topic, partition, offset);
  }
}
