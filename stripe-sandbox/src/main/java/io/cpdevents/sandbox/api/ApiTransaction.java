package io.cpdevents.sandbox.api;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs levers and pages in a transaction. As at Stripe, a declined attempt to pay is committed. */
@Component
public class ApiTransaction {
  private final TransactionTemplate transaction;

  ApiTransaction(TransactionTemplate transaction) {
    this.transaction = transaction;
  }

  private record Result<T>(@Nullable T value, @Nullable StripeRefusal refusal) {}

  /** Runs the work; a refusal rolls it back unless the refusal keeps its changes. */
  public <T> T run(Supplier<T> work) {
    Result<T> result =
        transaction.execute(status -> {
          try {
            return new Result<>(work.get(), null);
          } catch (StripeRefusal refusal) {
            if (!refusal.keepsChanges()) {
              status.setRollbackOnly();
            }
            return new Result<T>(null, refusal);
          }
        });
    if (result == null) {
      throw new IllegalStateException("The transaction returned nothing");
    }
    StripeRefusal refusal = result.refusal();
    if (refusal != null) {
      throw refusal;
    }
    T value = result.value();
    if (value == null) {
      throw new IllegalStateException("The work returned nothing");
    }
    return value;
  }
}
