package io.cpdevents.platform.messaging;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.EventType;
import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.observability.LogContext;
import io.cpdevents.platform.observability.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
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
 * Receives events idempotently: the event's id is inserted in the handler's transaction, so a
 * duplicate has no effect.
 *
 * <p>Batching: the messages of a poll are handled in one transaction (group commit), because a
 * commit costs more than most handlers. When the batch fails, each of its messages is handled in a
 * transaction of its own, so that one that cannot be handled does not block the others.
 *
 * <p>Failures: a transient one (the database or the network does not answer) is rethrown, and the
 * listener's container retries without end, in order. After a permanent one the message is parked,
 * and later messages of its key are queued behind it until an operator replays or drops it.
 */
public final class Inbox {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  /** The messages in one transaction; more would hold their locks for too long. */
  private static final int MAX_BATCH_MESSAGES = 50;

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
   * Declares how a listener handles the events of topics without tombstones. A listener subscribes
   * in its constructor; from then on parked messages of these topics can be replayed.
   *
   * @param family the sealed family of the topics' events; events of other types are counted and
   *     skipped
   */
  public <E extends Event> Subscription<E> subscribe(
      Class<E> family, Consumer<E> handler, Topic... topics) {
    return subscribe(
        family,
        handler,
        key -> log.warn("A tombstone for {} of {} is skipped", key, family.getSimpleName()),
        topics);
  }

  /**
   * Declares how a listener handles the events of compacted topics.
   *
   * @param onTombstone handles the key that was erased
   */
  public <E extends Event> Subscription<E> subscribe(
      Class<E> family, Consumer<E> handler, Consumer<String> onTombstone, Topic... topics) {
    Subscription<E> subscription = new Subscription<>(family, handler, onTombstone);
    for (Topic topic : topics) {
      parked.register(topic.topicName(), message -> subscription.handle(message, false));
    }
    return subscription;
  }

  /**
   * May succeed later. A class of its own, because a change of class resets the count of retries.
   */
  private static final class TransientFailure extends BatchListenerFailedException {
    TransientFailure(String description, RuntimeException failure, int index) {
      super(description, failure, index);
    }
  }

  /** Fails again on every retry. */
  private static final class PermanentFailure extends BatchListenerFailedException {
    PermanentFailure(String description, RuntimeException failure, int index) {
      super(description, failure, index);
    }
  }

  /** How the events of a family are handled, when they arrive and when they are replayed. */
  public final class Subscription<E extends Event> {
    private final Map<String, Class<? extends E>> types;
    private final Consumer<E> handler;
    private final Consumer<String> onTombstone;
    private volatile Set<Class<? extends E>> ownTransaction = Set.of();
    private volatile Set<Class<? extends E>> ignored = Set.of();

    private Subscription(Class<E> family, Consumer<E> handler, Consumer<String> onTombstone) {
      this.types = EventType.of(family);
      this.handler = handler;
      this.onTombstone = onTombstone;
    }

    /**
     * Events that are never batched. It is for events whose handlers lock several rows that others
     * lock too: many of them in one transaction would deadlock.
     */
    public Subscription<E> inOwnTransaction(Set<Class<? extends E>> types) {
      ownTransaction = Set.copyOf(types);
      return this;
    }

    /**
     * Events that this listener does not need. They are skipped without a transaction, and the
     * handler never receives them.
     */
    public Subscription<E> ignoring(Set<Class<? extends E>> types) {
      ignored = Set.copyOf(types);
      return this;
    }

    /** Handles the records of a poll, each once, in order. */
    public void receive(List<ConsumerRecord<String, byte[]>> records) {
      List<Message> messages = records.stream().map(Message::of).toList();
      int from = 0;
      while (from < messages.size()) {
        int to = endOfBatch(messages, from);
        if (to - from == 1 || !handleBatch(messages.subList(from, to))) {
          handleOneByOne(messages, from, to);
        }
        from = to;
      }
    }

    /** The end of the batch that begins with this message. */
    private int endOfBatch(List<Message> messages, int from) {
      int to = from + 1;
      if (hasOwnTransaction(messages.get(from))) {
        return to;
      }
      int maxEnd = Math.min(from + MAX_BATCH_MESSAGES, messages.size());
      while (to < maxEnd && !hasOwnTransaction(messages.get(to))) {
        to++;
      }
      return to;
    }

    private boolean hasOwnTransaction(Message message) {
      Class<? extends E> type = typeOf(message);
      return type != null && ownTransaction.contains(type);
    }

    private void handleOneByOne(List<Message> messages, int from, int to) {
      for (int index = from; index < to; index++) {
        Message message = messages.get(index);
        try {
          handle(message, true);
        } catch (RuntimeException failure) {
          // The index tells the container which messages are done and which to deliver again.
          throw ListenerErrors.isTransient(failure)
              ? new TransientFailure(message.describe() + " failed", failure, index)
              : new PermanentFailure(message.describe() + " failed", failure, index);
        }
      }
    }

    /**
     * Handles messages in one transaction.
     *
     * @return false when it was rolled back, so that each message has to be handled by itself
     */
    private boolean handleBatch(List<Message> messages) {
      if (messages.stream().anyMatch(message -> message.eventId() == null)) {
        return false;
      }
      List<Message> relevant = messages.stream().filter(this::isRelevant).toList();
      try {
        boolean handled = relevant.isEmpty() || handleInOneTransaction(relevant);
        if (handled) {
          messages.forEach(this::countUnknown);
        }
        return handled;
      } catch (RuntimeException failure) {
        metrics.counter("cpd.inbox.splits", "topic", messages.getFirst().topic()).increment();
        log.info(
            "{} messages are handled one by one after {}",
            messages.size(),
            failure.getClass().getSimpleName());
        return false;
      }
    }

    private boolean handleInOneTransaction(List<Message> messages) {
      return Boolean.TRUE.equals(
          transaction.execute(status -> {
            Set<UUID> newIds = store.insertNew(consumer, messages);
            if (newIds == null) {
              status.setRollbackOnly();
              return false;
            }
            for (Message message : messages) {
              if (newIds.remove(message.eventId())) {
                inTrace(message, () -> dispatch(message));
              } else {
                countDuplicate(message);
              }
            }
            return true;
          }));
    }

    /**
     * Handles a message.
     *
     * @param mayQueue whether it is queued when an earlier message of its key is parked; false for
     *     a replay
     */
    private void handle(Message message, boolean mayQueue) {
      UUID eventId = message.eventId();
      if (eventId == null) {
        throw new UnreadableMessage("no ce_id on " + message.describe());
      }
      countUnknown(message);
      if (!isRelevant(message)) {
        return;
      }
      inTrace(
          message,
          () ->
              transaction.executeWithoutResult(_ -> {
                if (shouldHandle(message, eventId, mayQueue)) {
                  dispatch(message);
                }
              }));
    }

    private boolean isRelevant(Message message) {
      Class<? extends E> type = typeOf(message);
      return message.payload() == null || (type != null && !ignored.contains(type));
    }

    private @Nullable Class<? extends E> typeOf(Message message) {
      return types.get(String.valueOf(message.eventType()));
    }

    private void countUnknown(Message message) {
      if (message.payload() != null && typeOf(message) == null) {
        metrics.counter("cpd.inbox.unknown", "topic", message.topic()).increment();
        log.debug("{} has a type that is not known here, so it is skipped", message.describe());
      }
    }

    /** Continues the message's trace, with the message's id in the log. */
    private void inTrace(Message message, Runnable step) {
      try (TraceContext.Scope _ = traceContext.resume(message.traceParent(), message.describe());
          MDC.MDCCloseable _ = MDC.putCloseable("messageId", String.valueOf(message.eventId()))) {
        step.run();
      }
    }

    private boolean shouldHandle(Message message, UUID eventId, boolean mayQueue) {
      if (mayQueue) {
        Set<UUID> newIds = store.insertNew(consumer, List.of(message));
        if (newIds != null) {
          return isNew(message, !newIds.isEmpty());
        }
        if (parked.queueBehind(consumer, message)) {
          return false;
        }
        // The last parked message of the key has been handled in the meantime; this one is next.
      }
      return isNew(message, store.insertIfNew(eventId, consumer));
    }

    private boolean isNew(Message message, boolean inserted) {
      if (!inserted) {
        countDuplicate(message);
      }
      return inserted;
    }

    private void countDuplicate(Message message) {
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
