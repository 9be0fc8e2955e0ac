package io.cpdevents.registration.simulation;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Hands messages to the service's own listeners, on this thread, when the simulation says. */
final class Deliveries {

  private final KafkaListenerEndpointRegistry listeners;
  private long offset;

  Deliveries(KafkaListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  /** A message on its way. */
  record Message(Event event, UUID id) {}

  /** Hands a message over; what the listener throws is thrown. */
  void deliver(Message message) {
    Event event = message.event();
    String topic = event.topic().topicName();
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(topic, 0, offset++, event.key(), ContractsJson.write(event));
    header(record, "ce_id", message.id().toString());
    header(record, "ce_type", EventType.nameOf(event.getClass()));
    header(record, "ce_source", "/simulation");
    header(record, "ce_specversion", "1.0");
    header(record, "ce_time", Instant.EPOCH.toString());
    listener(topic).onMessage(List.of(record), null, null);
  }

  @SuppressWarnings("unchecked")
  private BatchMessageListener<String, byte[]> listener(String topic) {
    Object listener =
        listeners.getListenerContainers().stream()
            .map(MessageListenerContainer::getContainerProperties)
            .filter(properties ->
                List.of(Objects.requireNonNull(properties.getTopics())).contains(topic))
            .findFirst()
            .orElseThrow()
            .getMessageListener();
    return (BatchMessageListener<String, byte[]>) Objects.requireNonNull(listener);
  }

  private static void header(ConsumerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
