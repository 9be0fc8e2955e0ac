package io.cpdevents.platform.messaging;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import io.cpdevents.platform.observability.LogContext;
import io.cpdevents.platform.observability.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Receives facts exactly once in effect: the event's id is noted in the handler's transaction, so a
 * copy does nothing. A message whose handling fails for good is parked, and later messages of its
 * key wait behind it until an operator replays or drops it.
 *
 * <p>What a poll brings is handled in one transaction, because a commit costs more than most
 * handlers; when that fails, each message is handled again in one of its own, so that one that
 * cannot be handled holds up nobody else.
 *
 * <p>What fails for a reason that passes (database or network away) is thrown on and retried
 * without end by the listener's container, in order.
 */
public final class Inbox {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  /** Messages in one transaction; more would hold their locks for too long. */
  private static final int TOGETHER_MOST = 50;

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
   * Handles records of a topic without tombstones, each once, in a transaction.
   *
   * @param family the sealed family of the topic; types that it does not know are counted and
   *     skipped
   */
  public <E extends Event> void receive(
      List<ConsumerRecord<String, byte[]>> records, Class<E> family, Consumer<E> handler) {
    receive(
        records,
        family,
        handler,
        key -> log.warn("A tombstone for {} of {} is skipped", key, family));
  }

  /**
   * Handles records of a compacted topic, each once, in a transaction.
   *
   * @param onTombstone takes the key that was erased
   */
  public <E extends Event> void receive(
      List<ConsumerRecord<String, byte[]>> records,
      Class<E> family,
      Consumer<E> handler,
      Consumer<String> onTombstone) {
    Delivery<E> delivery = new Delivery<>(family, handler, onTombstone);
    List<Message> messages = records.stream().map(Message::of).toList();
    messages.stream()
        .map(Message::topic)
        .distinct()
        .forEach(topic -> parked.register(topic, message -> delivery.handle(message, false)));
    for (int from = 0; from < messages.size(); from += TOGETHER_MOST) {
      int to = Math.min(from + TOGETHER_MOST, messages.size());
      if (to - from > 1 && delivery.handledTogether(messages.subList(from, to))) {
        continue;
      }
      for (int index = from; index < to; index++) {
        try {
          delivery.handle(messages.get(index), true);
        } catch (RuntimeException failure) {
          // Names the culprit: those before it are done, those behind it come again.
          throw new BatchListenerFailedException(
              messages.get(index).describe() + " failed", failure, index);
        }
      }
    }
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
     * Handles messages in one transaction.
     *
     * @return false when that did not work: nothing has happened, and one by one will tell which it
     *     is
     */
    boolean handledTogether(List<Message> messages) {
      if (messages.stream().anyMatch(message -> message.eventId() == null)) {
        return false;
      }
      List<Message> known = messages.stream().filter(this::isKnown).toList();
      try {
        boolean handled =
            Boolean.TRUE.equals(
                transaction.execute(status -> {
                  Set<UUID> first = store.arriveTogether(consumer, known);
                  if (first == null) {
                    status.setRollbackOnly();
                    return false;
                  }
                  for (Message message : known) {
                    if (first.remove(message.eventId())) {
                      resumed(message, () -> dispatch(message));
                    } else {
                      countCopy(message);
                    }
                  }
                  return true;
                }));
        if (handled) {
          messages.stream().filter(message -> !isKnown(message)).forEach(this::skip);
        }
        return handled;
      } catch (RuntimeException failure) {
        metrics.counter("cpd.inbox.splits", "topic", messages.getFirst().topic()).increment();
        log.info("{} messages are handled one by one: {}", messages.size(), failure.toString());
        return false;
      }
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
      if (!isKnown(message)) {
        skip(message);
        return;
      }
      resumed(
          message,
          () ->
              transaction.executeWithoutResult(_ -> {
                if (isToBeHandled(message, eventId, queueing)) {
                  dispatch(message);
                }
              }));
    }

    private boolean isKnown(Message message) {
      return message.payload() == null || typeOf(message) != null;
    }

    private @Nullable Class<? extends E> typeOf(Message message) {
      return EventType.of(family).get(String.valueOf(message.eventType()));
    }

    private void skip(Message message) {
      metrics.counter("cpd.inbox.unknown", "topic", message.topic()).increment();
      log.debug("{} is of no type known here and is skipped", message.describe());
    }

    /** Runs with the message's trace and its id in the log. */
    private void resumed(Message message, Runnable step) {
      try (TraceContext.Scope _ = traceContext.resume(message.traceParent(), message.describe());
          MDC.MDCCloseable _ = MDC.putCloseable("messageId", String.valueOf(message.eventId()))) {
        step.run();
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

    private void dispatch(Message message) {
      byte[] payload = message.payload();
      Class<? extends E> type = typeOf(message);
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
