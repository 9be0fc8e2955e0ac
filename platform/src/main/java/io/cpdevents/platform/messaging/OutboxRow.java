package io.cpdevents.platform.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code outbox}. A measured hot path may insert it with a statement of its own;
 * everybody else calls {@link Outbox#append}.
 *
 * @param eventType null for a tombstone, like the payload
 * @param occurredAt business time
 * @param traceParent W3C trace context of the request; null outside a trace
 */
public record OutboxRow(
    String topic,
    String key,
    UUID eventId,
    @Nullable String eventType,
    byte @Nullable [] payload,
    Instant occurredAt,
    @Nullable String traceParent) {

  /** The size of the payload. */
  int sizeBytes() {
    return payload == null ? 0 : payload.length;
  }
}
