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
  private static final int MAX_TOGETHER = 50;

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
   * What a listener does with the facts of topics without tombstones. Ask for it when the listener
   * is made: from then on parked messages of these topics can be replayed.
   *
   * @param family the sealed family of the topics; types that it does not know are counted and
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
   * What a listener does with the facts of compacted topics.
   *
   * @param onTombstone takes the key that was erased
   */
  public <E extends Event> Subscription<E> subscribe(
      Class<E> family, Consumer<E> handler, Consumer<String> onTombstone, Topic... topics) {
    Subscription<E> subscription = new Subscription<>(family, handler, onTombstone);
    for (Topic topic : topics) {
      parked.register(topic.topicName(), message -> subscription.handle(message, false));
    }
    return subscription;
  }

  /** It passes by itself: a class of its own, because retries are counted anew for another one. */
  private static final class PassingFailure extends BatchListenerFailedException {
    PassingFailure(String description, RuntimeException failure, int index) {
      super(description, failure, index);
    }
  }

  /** It does not pass by itself. */
  private static final class LastingFailure extends BatchListenerFailedException {
    LastingFailure(String description, RuntimeException failure, int index) {
      super(description, failure, index);
    }
  }

  /** How facts of a family are handled, when they arrive and when they are replayed. */
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
     * Facts that have a transaction of their own, always: those for which several rows are locked
     * that others lock too. Many of them in one transaction would cross with others.
     */
    public Subscription<E> inOwnTransaction(Set<Class<? extends E>> types) {
      ownTransaction = Set.copyOf(types);
      return this;
    }

    /**
     * Facts that mean nothing here. They are passed over before they cost a transaction, so the
     * handler never sees them.
     */
    public Subscription<E> ignoring(Set<Class<? extends E>> types) {
      ignored = Set.copyOf(types);
      return this;
    }

    /** Handles what a poll brought, each record once, in order. */
    public void receive(List<ConsumerRecord<String, byte[]>> records) {
      List<Message> messages = records.stream().map(Message::of).toList();
      int from = 0;
      while (from < messages.size()) {
        int to = endOfTogether(messages, from);
        if (to - from == 1 || !handledTogether(messages.subList(from, to))) {
          oneByOne(messages, from, to);
        }
        from = to;
      }
    }

    /** The end of those that are handled in one transaction with this one. */
    private int endOfTogether(List<Message> messages, int from) {
      int to = from + 1;
      if (hasOwnTransaction(messages.get(from))) {
        return to;
      }
      int most = Math.min(from + MAX_TOGETHER, messages.size());
      while (to < most && !hasOwnTransaction(messages.get(to))) {
        to++;
      }
      return to;
    }

    private boolean hasOwnTransaction(Message message) {
      Class<? extends E> type = typeOf(message);
      return type != null && ownTransaction.contains(type);
    }

    private void oneByOne(List<Message> messages, int from, int to) {
      for (int index = from; index < to; index++) {
        Message message = messages.get(index);
        try {
          handle(message, true);
        } catch (RuntimeException failure) {
          // Names the culprit: those before it are done, those behind it come again.
          throw ListenerErrors.isPassing(failure)
              ? new PassingFailure(message.describe() + " failed", failure, index)
              : new LastingFailure(message.describe() + " failed", failure, index);
        }
      }
    }

    /**
     * Handles messages in one transaction.
     *
     * @return false when that did not work: nothing has happened, and one by one will tell which it
     *     is
     */
    private boolean handledTogether(List<Message> messages) {
      if (messages.stream().anyMatch(message -> message.eventId() == null)) {
        return false;
      }
      List<Message> wanted = messages.stream().filter(this::isWanted).toList();
      try {
        boolean handled = wanted.isEmpty() || handledInOneTransaction(wanted);
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

    private boolean handledInOneTransaction(List<Message> messages) {
      return Boolean.TRUE.equals(
          transaction.execute(status -> {
            Set<UUID> first = store.arrive(consumer, messages);
            if (first == null) {
              status.setRollbackOnly();
              return false;
            }
            for (Message message : messages) {
              if (first.remove(message.eventId())) {
                resumed(message, () -> dispatch(message));
              } else {
                countCopy(message);
              }
            }
            return true;
          }));
    }

    /**
     * Handles a message.
     *
     * @param queueing whether it waits when an earlier one of its key is parked; a replay does not
     */
    private void handle(Message message, boolean queueing) {
      UUID eventId = message.eventId();
      if (eventId == null) {
        throw new UnreadableMessage("no ce_id on " + message.describe());
      }
      countUnknown(message);
      if (!isWanted(message)) {
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

    private boolean isWanted(Message message) {
      Class<? extends E> type = typeOf(message);
      return message.payload() == null || (type != null && !ignored.contains(type));
    }

    private @Nullable Class<? extends E> typeOf(Message message) {
      return types.get(String.valueOf(message.eventType()));
    }

    private void countUnknown(Message message) {
      if (message.payload() != null && typeOf(message) == null) {
        metrics.counter("cpd.inbox.unknown", "topic", message.topic()).increment();
        log.debug("{} is of no type known here and is skipped", message.describe());
      }
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
        Set<UUID> first = store.arrive(consumer, List.of(message));
        if (first != null) {
          return isFirst(message, !first.isEmpty());
        }
        if (parked.waitsBehind(consumer, message)) {
          return false;
        }
        // The last parked one has just been handled: this one is next.
      }
      return isFirst(message, store.isFirst(eventId, consumer));
    }

    private boolean isFirst(Message message, boolean first) {
      if (!first) {
        countCopy(message);
      }
      return first;
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
