package io.cpdevents.sandbox.front;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Work of levers and pages in a transaction that, as Stripe does, keeps a declined attempt. */
@Component
public class Work {
  private final TransactionTemplate transaction;

  Work(TransactionTemplate transaction) {
    this.transaction = transaction;
  }

  private record Ended<T>(@Nullable T value, @Nullable StripeRefusal refusal) {}

  /** Does the work; a refusal undoes it unless it keeps its changes. */
  public <T> T inTransaction(Supplier<T> work) {
    Ended<T> ended =
        transaction.execute(status -> {
          try {
            return new Ended<>(work.get(), null);
          } catch (StripeRefusal refusal) {
            if (!refusal.keepsChanges()) {
              status.setRollbackOnly();
            }
            return new Ended<T>(null, refusal);
          }
        });
    if (ended == null) {
      throw new IllegalStateException("A transaction without an end");
    }
    StripeRefusal refusal = ended.refusal();
    if (refusal != null) {
      throw refusal;
    }
    T value = ended.value();
    if (value == null) {
      throw new IllegalStateException("Work without a value");
    }
    return value;
  }
}
