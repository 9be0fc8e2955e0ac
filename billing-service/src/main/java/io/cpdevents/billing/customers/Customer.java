package io.cpdevents.billing.customers;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A buyer as Stripe knows them, or is about to.
 *
 * @param attempt how often Stripe was asked with other words, from 1
 * @param email what is sent; null for none
 * @param stripeId null until Stripe has answered
 */
record Customer(UUID accountId, int attempt, @Nullable String email, @Nullable String stripeId) {

  /** The idempotency key at Stripe. */
  String idempotencyKey() {
    return "customer:%s:%d".formatted(accountId, attempt);
  }
}
