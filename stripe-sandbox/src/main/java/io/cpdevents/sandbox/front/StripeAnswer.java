package io.cpdevents.sandbox.front;

import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param replayedFrom the request whose kept answer this is; null when it is this request's own
 */
record StripeAnswer(
    int status, String body, boolean kept, boolean shouldRetry, @Nullable String replayedFrom) {

  static StripeAnswer of(StripeRefusal refusal, String body) {
    return new StripeAnswer(refusal.status(), body, refusal.isKept(), refusal.shouldRetry(), null);
  }
}
