package io.cpdevents.platform.test;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/**
 * What was committed to every topic since the test context started, in the order of each partition.
 */
public final class RecordedEvents implements AutoCloseable {

  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CHECK_EVERY = Duration.ofMillis(25);

  private final List<ConsumerRecord<String, byte[]>> records = new CopyOnWriteArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread reader;

  private RecordedEvents(KafkaConsumer<String, byte[]> consumer) {
    this.consumer = consumer;
    this.reader = Thread.ofPlatform().daemon().name("recorded-events").unstarted(this::read);
  }

  static RecordedEvents startingAt(EmptiedTopics topics) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", topics.bootstrapServers(),
                "isolation.level", "read_committed",
                "enable.auto.commit", "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(topics.starts().keySet());
    topics.starts().forEach(consumer::seek);
    RecordedEvents events = new RecordedEvents(consumer);
    events.reader.start();
    return events;
  }

  /** The first event of this type that fits; waits for it up to 30 s, else fails. */
  public <E extends Event> E await(Class<E> type, Predicate<E> fits) {
    return awaitRecord(type, fits).event();
  }

  /** As {@link #await}, with headers and key. */
  public <E extends Event> RecordedEvent<E> awaitRecord(Class<E> type, Predicate<E> fits) {
    return Awaitility.await(type.getSimpleName())
        .atMost(MAX_WAIT_TIME)
        .pollDelay(Duration.ZERO)
        .pollInterval(CHECK_EVERY)
        .until(
            () ->
                allRecords(type).stream()
                    .filter(recorded -> fits.test(recorded.event()))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  /** Every event of this type so far: a record, or a whole family. */
  public <E extends Event> List<E> all(Class<E> type) {
    return allRecords(type).stream().map(RecordedEvent::event).toList();
  }

  /** As {@link #all}, with headers and key. */
  public <E extends Event> List<RecordedEvent<E>> allRecords(Class<E> type) {
    Map<String, Class<? extends E>> types = EventType.of(type);
    return records.stream()
        .filter(record -> record.value() != null)
        .filter(record -> types.containsKey(header(record, "ce_type")))
        .map(record -> read(record, types))
        .toList();
  }

  /** Every record as it stands on its topic, tombstones too. */
  public List<ConsumerRecord<String, byte[]>> raw() {
    return List.copyOf(records);
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      while (true) {
        List<ConsumerRecord<String, byte[]>> polled = new ArrayList<>();
        consumer.poll(POLL).forEach(polled::add);
        // All at once: each addition copies what is there.
        records.addAll(polled);
      }
    } catch (WakeupException e) {
      // close() asked for it: leaving the loop closes the consumer.
      return;
    }
  }

  private static <E extends Event> RecordedEvent<E> read(
      ConsumerRecord<String, byte[]> record, Map<String, Class<? extends E>> types) {
    Map<String, String> headers = new HashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header)));
    Class<? extends E> type = types.get(headers.get("ce_type"));
    if (type == null) {
      throw new IllegalStateException("not of this family: " + headers);
    }
    return new RecordedEvent<>(
        ContractsJson.read(record.value(), type),
        record.topic(),
        record.partition(),
        record.offset(),
        record.key() == null ? "" : record.key(),
        Map.copyOf(headers));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : text(header);
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
