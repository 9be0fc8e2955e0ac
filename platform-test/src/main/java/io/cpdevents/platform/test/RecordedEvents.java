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
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What was committed to every topic since the test context started, in the order of each partition.
 */
public final class RecordedEvents implements AutoCloseable {

  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CHECK_EVERY = Duration.ofMillis(25);

  /** A record of a topic, read once: who waits looks at all of them again and again. */
  private static final class Recorded {

    private final ConsumerRecord<String, byte[]> record;
    private final String type;
    private @Nullable RecordedEvent<?> event;

    Recorded(ConsumerRecord<String, byte[]> record) {
      this.record = record;
      this.type = record.value() == null ? "" : header(record, "ce_type");
    }

    synchronized RecordedEvent<?> as(Class<? extends Event> eventType) {
      if (event == null) {
        event = read(record, eventType);
      }
      return event;
    }
  }

  private final List<Recorded> records = new CopyOnWriteArrayList<>();
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
            () -> recordsOf(type).filter(recorded -> fits.test(recorded.event())).findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  /** Every event of this type so far: a record, or a whole family. */
  public <E extends Event> List<E> all(Class<E> type) {
    return allRecords(type).stream().map(RecordedEvent::event).toList();
  }

  /** As {@link #all}, with headers and key. */
  public <E extends Event> List<RecordedEvent<E>> allRecords(Class<E> type) {
    return recordsOf(type).toList();
  }

  // The name of a type stands for one class, whatever is asked for.
  @SuppressWarnings("unchecked")
  private <E extends Event> Stream<RecordedEvent<E>> recordsOf(Class<E> type) {
    Map<String, Class<? extends E>> types = EventType.of(type);
    return records.stream()
        .filter(recorded -> types.containsKey(recorded.type))
        .map(recorded ->
            (RecordedEvent<E>) recorded.as(Objects.requireNonNull(types.get(recorded.type))));
  }

  /** Every record as it stands on its topic, tombstones too. */
  public List<ConsumerRecord<String, byte[]>> raw() {
    return records.stream().map(recorded -> recorded.record).toList();
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
        List<Recorded> polled = new ArrayList<>();
        consumer.poll(POLL).forEach(record -> polled.add(new Recorded(record)));
        // All at once: each addition copies what is there.
        records.addAll(polled);
      }
    } catch (WakeupException e) {
      // close() asked for it: leaving the loop closes the consumer.
      return;
    }
  }

  private static <E extends Event> RecordedEvent<E> read(
      ConsumerRecord<String, byte[]> record, Class<E> type) {
    Map<String, String> headers = new HashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header)));
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
