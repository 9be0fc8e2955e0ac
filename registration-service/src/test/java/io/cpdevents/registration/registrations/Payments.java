package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.EventType;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Speaks like billing-service. */
final class Payments implements AutoCloseable {

  private final KafkaProducer<String, byte[]> producer;

  Payments(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** The fact that a payment for a registration was captured. */
  static PaymentCaptured captured(UUID paymentId, UUID registrationId, long amountMinor) {
    return new PaymentCaptured(
        paymentId,
        registrationId,
        Ids.next(),
        Ids.next(),
        Ids.next(),
        new MoneyAmount(amountMinor, "CAD"),
        new MoneyAmount(0, "CAD"),
        Instant.parse("2027-03-01T15:00:00Z"));
  }

  /** Tells the fact under an event id; the same id again is a copy. */
  void tell(PaymentCaptured captured, UUID eventId) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            captured.topic().topicName(), captured.key(), ContractsJson.write(captured));
    record
        .headers()
        .add("ce_id", eventId.toString().getBytes(StandardCharsets.UTF_8))
        .add("ce_type", EventType.nameOf(PaymentCaptured.class).getBytes(StandardCharsets.UTF_8));
    var _ = producer.send(record);
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
