package io.cpdevents.billing.payments;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to take a payment on Stripe's page. What is sent is saved before it is sent.
 *
 * @param claimedUntil who sends it has it until then, on system time
 */
record Checkout(
    UUID id,
    UUID paymentId,
    int attempt,
    CheckoutStatus status,
    String successUrl,
    String cancelUrl,
    Instant expiresAt,
    @Nullable Instant claimedUntil,
    @Nullable String sessionId,
    @Nullable String url,
    int checks) {

  boolean isLive() {
    return status == CheckoutStatus.REQUESTED || status == CheckoutStatus.OPEN;
  }

  /** The idempotency key of its session. */
  String idempotencyKey() {
    return "checkout:%s:%d".formatted(paymentId, attempt);
  }
}
