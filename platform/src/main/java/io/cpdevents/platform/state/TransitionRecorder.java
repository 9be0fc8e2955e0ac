package io.cpdevents.platform.state;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records the transitions that a transaction takes, and the events that it appends. Before the
 * commit it fails a transaction that lacks an event which one of its transitions requires; after
 * the commit it counts the transitions. Transitions that are rolled back are not counted, nor are
 * those that are taken outside of a transaction: nobody knows whether their rows change.
 */
public final class TransitionRecorder implements TransactionSynchronization {

  private static final Logger log = LoggerFactory.getLogger(TransitionRecorder.class);
  private static final String METRIC = "cpd.transitions";

  /** The key under which a transaction's recorder is bound to its thread. */
  private static final Object KEY = TransitionRecorder.class;

  private record Taken(
      MeterRegistry metrics, String machine, Enum<?> from, Enum<?> trigger, Enum<?> to) {

    void count() {
      metrics
          .counter(
              METRIC,
              "machine",
              machine,
              "from",
              ContractsJson.kebabCase(from),
              "trigger",
              ContractsJson.kebabCase(trigger),
              "to",
              ContractsJson.kebabCase(to))
          .increment();
    }
  }

  private final List<Taken> taken = new ArrayList<>();
  private final Map<Class<? extends Event>, Integer> missing = new HashMap<>();

  private TransitionRecorder() {}

  /** Counts into these metrics from now on. */
  static TransitionObserver observer(MeterRegistry metrics) {
    return (machine, from, trigger, to, event) -> {
      TransitionRecorder recorder = ofTransaction();
      if (recorder == null) {
        log.error(
            "{}: {} + {} was taken outside of a transaction: not counted", machine, from, trigger);
        return;
      }
      recorder.taken.add(new Taken(metrics, machine, from, trigger, to));
      if (event != null) {
        recorder.missing.merge(event, 1, Integer::sum);
      }
    };
  }

  /** Notes that the surrounding transaction, if there is one, appends an event of this type. */
  public static void onAppended(Class<? extends Event> event) {
    TransitionRecorder recorder = ofTransaction();
    if (recorder != null) {
      recorder.missing.merge(event, -1, Integer::sum);
    }
  }

  @Override
  public void beforeCommit(boolean readOnly) {
    missing.forEach((event, count) -> {
      if (count > 0) {
        throw new IllegalStateException(
            "%s was taken without appending %s to the outbox"
                .formatted(describe(), event.getSimpleName()));
      }
    });
  }

  @Override
  public void afterCommit() {
    taken.forEach(Taken::count);
  }

  private String describe() {
    return taken.stream()
        .map(row -> "%s: %s + %s".formatted(row.machine(), row.from(), row.trigger()))
        .distinct()
        .reduce((one, other) -> one + "; " + other)
        .orElse("no row");
  }

  @Override
  public void afterCompletion(int status) {
    TransactionSynchronizationManager.unbindResource(KEY);
  }

  @Override
  public void suspend() {
    TransactionSynchronizationManager.unbindResource(KEY);
  }

  @Override
  public void resume() {
    TransactionSynchronizationManager.bindResource(KEY, this);
  }

  private static @Nullable TransitionRecorder ofTransaction() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()
        || !TransactionSynchronizationManager.isActualTransactionActive()) {
      return null;
    }
    if (TransactionSynchronizationManager.getResource(KEY) instanceof TransitionRecorder recorder) {
      return recorder;
    }
    TransitionRecorder recorder = new TransitionRecorder();
    TransactionSynchronizationManager.bindResource(KEY, recorder);
    TransactionSynchronizationManager.registerSynchronization(recorder);
    return recorder;
  }
}
