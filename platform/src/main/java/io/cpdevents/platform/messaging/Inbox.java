package io.cpdevents.platform.messaging;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import io.cpdevents.platform.observability.LogContext;
import io.cpdevents.platform.observability.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Receives facts exactly once in effect: the event's id is noted in the handler's transaction, so a
 * copy does nothing. A message whose handling fails for good is parked, and later messages of its
 * key wait behind it until an operator replays or drops it.
 *
 * <p>What fails for a reason that passes (database or network away) is thrown on and retried
 * without end by the listener's container, in order.
 */
public final class Inbox {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  private final String consumer;
  private final TransactionTemplate transaction;
  private final InboxStore store;
  private final ParkedMessages parked;
  private final TraceContext traceContext;
  private final MeterRegistry metrics;

  Inbox(
      String consumer,
      TransactionTemplate transaction,
      InboxStore store,
      ParkedMessages parked,
      TraceContext traceContext,
      MeterRegistry metrics) {
    this.consumer = consumer;
    this.transaction = transaction;
    this.store = store;
    this.parked = parked;
    this.traceContext = traceContext;
    this.metrics = metrics;
  }

  /**
   * Handles a record of a topic without tombstones, once, in a transaction.
   *
   * @param family the sealed family of the topic; types that it does not know are counted and
   *     skipped
   */
  public <E extends Event> void receive(
      ConsumerRecord<String, byte[]> record, Class<E> family, Consumer<E> handler) {
    receive(
        record,
        family,
        handler,
        key -> log.warn("A tombstone for {} on {} is skipped", key, record.topic()));
  }

  /**
   * Handles a record of a compacted topic, once, in a transaction.
   *
   * @param onTombstone takes the key that was erased
   */
  public <E extends Event> void receive(
      ConsumerRecord<String, byte[]> record,
      Class<E> family,
      Consumer<E> handler,
      Consumer<String> onTombstone) {
    Delivery<E> delivery = new Delivery<>(family, handler, onTombstone);
    parked.register(record.topic(), message -> delivery.handle(message, false));
    delivery.handle(Message.of(record), true);
  }

  /** How one topic's messages are handled, when they arrive and when they are replayed. */
  private final class Delivery<E extends Event> {
    private final Class<E> family;
    private final Consumer<E> handler;
    private final Consumer<String> onTombstone;

    Delivery(Class<E> family, Consumer<E> handler, Consumer<String> onTombstone) {
      this.family = family;
      this.handler = handler;
      this.onTombstone = onTombstone;
    }

    /**
     * Handles a message.
     *
     * @param queueing whether it waits when an earlier one of its key is parked; a replay does not
     */
    void handle(Message message, boolean queueing) {
      UUID eventId = message.eventId();
      if (eventId == null) {
        throw new UnreadableMessage("no ce_id on " + message.describe());
      }
      Class<? extends E> type = null;
      if (message.payload() != null) {
        type = EventType.of(family).get(String.valueOf(message.eventType()));
        if (type == null) {
          metrics.counter("cpd.inbox.unknown", "topic", message.topic()).increment();
          log.debug("{} is of no type known here and is skipped", message.describe());
          return;
        }
      }
      Class<? extends E> knownType = type;
      try (TraceContext.Scope _ = traceContext.resume(message.traceParent(), message.describe());
          MDC.MDCCloseable _ = MDC.putCloseable("messageId", eventId.toString())) {
        transaction.executeWithoutResult(_ -> {
          if (!isToBeHandled(message, eventId, queueing)) {
            return;
          }
          dispatch(message, knownType);
        });
      }
    }

    private boolean isToBeHandled(Message message, UUID eventId, boolean queueing) {
      if (queueing) {
        switch (store.arrive(consumer, eventId, message.topic(), message.key())) {
          case FIRST -> {
            return true;
          }
          case COPY -> {
            countCopy(message);
            return false;
          }
          case BEHIND_PARKED -> {
            if (parked.waitsBehind(consumer, message)) {
              return false;
            }
            // The last parked one has just been handled: this one is next.
          }
        }
      }
      if (!store.isFirst(eventId, consumer)) {
        countCopy(message);
        return false;
      }
      return true;
    }

    private void countCopy(Message message) {
      metrics.counter("cpd.inbox.duplicates", "topic", message.topic()).increment();
    }

    private void dispatch(Message message, @Nullable Class<? extends E> type) {
      byte[] payload = message.payload();
      if (type == null || payload == null) {
        onTombstone.accept(message.key());
        return;
      }
      E event = ContractsJson.read(payload, type);
      try (LogContext _ = LogContext.with(event.correlation())) {
        handler.accept(event);
      }
    }
  }
}
