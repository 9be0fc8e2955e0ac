package io.cpdevents.billing.settlements;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stripe was asked about something, and this is what we believed before and after.
 *
 * @param subjectId as {@link SettlementKind} says
 * @param key under which Stripe knows it: our idempotency key, or Stripe's own id
 * @param failure what Stripe said when it refused to answer; null when it answered
 * @param settledBy the operator who asked; null when a job did
 */
public record Settlement(
    UUID id,
    SettlementKind kind,
    String subjectId,
    String key,
    String before,
    String after,
    Outcome outcome,
    @Nullable String failure,
    Instant settledAt,
    @Nullable UUID settledBy) {

  /** What the answer did. */
  public enum Outcome {
    /** It was news. */
    CHANGED,
    /** We knew it. */
    UNCHANGED,
    /** There was none: Stripe has refused the question for good. */
    REFUSED
  }
}
