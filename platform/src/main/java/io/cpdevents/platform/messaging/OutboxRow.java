package io.cpdevents.platform.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the {@code outbox} table. A measured hot path may insert it with its own
 * statement; everybody else calls {@link Outbox#append}.
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

  /** Bytes of the payload. */
  int sizeBytes() {
    return payload == null ? 0 : payload.length;
  }
}
