package io.cpdevents.sandbox.api;

import org.jspecify.annotations.Nullable;

/**
 * An answer to a request.
 *
 * @param stored whether it is to be stored for the idempotency key
 * @param illegal whether the request breaks the rules of the API
 * @param replayedFrom the request whose stored answer this is; null when it is this request's own
 */
record StripeAnswer(
    int status,
    String body,
    boolean stored,
    boolean shouldRetry,
    boolean illegal,
    @Nullable String replayedFrom) {

  static StripeAnswer of(StripeRefusal refusal, String body) {
    return new StripeAnswer(
        refusal.status(),
        body,
        refusal.isStored(),
        refusal.shouldRetry(),
        refusal.isIllegal(),
        null);
  }
}
