package io.cpdevents.billing.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of Stripe that could not be applied and waits for an operator. */
public record ParkedEvent(
    String id,
    String type,
    @Nullable String objectId,
    int failures,
    @Schema(example = "IllegalStateException: no such charge") @Nullable String reason,
    Instant receivedAt) {}
