package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which refunds of an organization are listed; null: whatever it is.
 *
 * @param from the earliest request
 * @param to before this they were requested
 */
public record RefundFilter(
    @Nullable RefundStatus status,
    @Nullable RefundCause cause,
    @Nullable UUID eventId,
    @Nullable Instant from,
    @Nullable Instant to) {}
