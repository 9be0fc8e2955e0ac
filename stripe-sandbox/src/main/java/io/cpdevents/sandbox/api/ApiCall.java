package io.cpdevents.sandbox.api;

import org.jspecify.annotations.Nullable;

/**
 * The API request that is being answered, so that events can name their cause.
 *
 * @param requestId the answer's {@code Request-Id}
 */
public record ApiCall(String requestId, @Nullable String idempotencyKey) {
  static final ScopedValue<ApiCall> CURRENT = ScopedValue.newInstance();

  /** The request of this thread; null when Stripe acts by itself. */
  public static @Nullable ApiCall current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }
}
