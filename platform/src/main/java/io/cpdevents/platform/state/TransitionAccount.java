package io.cpdevents.platform.state;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What one transaction did to state machines, and which events it appended. Before the commit it
 * fails a transaction that took a row and did not append the events which that row tells; after the
 * commit it counts the rows. What is rolled back is never counted.
 */
public final class TransitionAccount implements TransactionSynchronization {

  private static final String METRIC = "cpd.transitions";

  /** Under which the account of a transaction is bound to its thread. */
  private static final Object KEY = TransitionAccount.class;

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
  private final Map<Class<? extends Event>, Integer> owed = new HashMap<>();

  private TransitionAccount() {}

  /** Counts into these metrics from now on. */
  static TransitionObserver observer(MeterRegistry metrics) {
    return (machine, from, trigger, to, told) -> {
      Taken row = new Taken(metrics, machine, from, trigger, to);
      TransitionAccount account = ofTransaction();
      if (account == null) {
        row.count();
        return;
      }
      account.taken.add(row);
      if (told != null) {
        account.owed.merge(told, 1, Integer::sum);
      }
    };
  }

  /** Notes that the surrounding transaction, if there is one, appends an event of this type. */
  public static void onAppended(Class<? extends Event> event) {
    TransitionAccount account = ofTransaction();
    if (account != null) {
      account.owed.merge(event, -1, Integer::sum);
    }
  }

  @Override
  public void beforeCommit(boolean readOnly) {
    owed.forEach((event, missing) -> {
      if (missing > 0) {
        throw new IllegalStateException(
            "%s was taken, and %s not appended to the outbox"
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

  private static @Nullable TransitionAccount ofTransaction() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()
        || !TransactionSynchronizationManager.isActualTransactionActive()) {
      return null;
    }
    if (TransactionSynchronizationManager.getResource(KEY) instanceof TransitionAccount account) {
      return account;
    }
    TransitionAccount account = new TransitionAccount();
    TransactionSynchronizationManager.bindResource(KEY, account);
    TransactionSynchronizationManager.registerSynchronization(account);
    return account;
  }
}
