package io.cpdevents.platform.messaging;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.observability.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Publishes past the outbox what is about the service's own database, and so must not go through
 * it. That is seldom: a producer is opened for each event. Whatever is told of a change goes
 * through the {@link Outbox}.
 */
public final class DirectPublisher {

  private static final Duration MAX_SEND_TIME = Duration.ofSeconds(15);
  private static final Duration MAX_CLOSE_TIME = Duration.ofSeconds(5);

  private final String serviceName;
  private final Supplier<Producer<String, byte[]>> producers;
  private final Clock clock;
  private final TraceContext traceContext;

  DirectPublisher(
      String serviceName,
      Supplier<Producer<String, byte[]>> producers,
      Clock clock,
      TraceContext traceContext) {
    this.serviceName = serviceName;
    this.producers = producers;
    this.clock = clock;
    this.traceContext = traceContext;
  }

  /**
   * Publishes an event; returns when Kafka has it.
   *
   * @throws KafkaException when Kafka does not take it in time; it may have it all the same
   * @throws IllegalArgumentException when its topic is fed by an outbox
   */
  public void publish(Event event) {
    if (event.topic().isFedByOutbox()) {
      throw new IllegalArgumentException(event.topic() + " is fed by an outbox");
    }
    byte[] payload = ContractsJson.write(event);
    OutboxRow row =
        new OutboxRow(
            event.topic().topicName(),
            event.key(),
            Ids.next(),
            EventType.nameOf(event.getClass()),
            payload,
            clock.instant(),
            traceContext.current());
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(row.topic(), row.key(), payload);
    CloudEventHeaders.write(record.headers(), serviceName, row);
    Producer<String, byte[]> producer = producers.get();
    try {
      producer.send(record).get(MAX_SEND_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Kafka did not take an event of " + row.topic(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } finally {
      producer.close(MAX_CLOSE_TIME);
    }
  }
}
