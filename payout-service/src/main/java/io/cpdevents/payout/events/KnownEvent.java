package io.cpdevents.payout.events;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as registration-service told it last.
 *
 * @param version rises with each change
 * @param endsAt what the event earned is released some days after this
 */
public record KnownEvent(
    UUID id, long version, UUID organizationId, String title, Instant endsAt) {}
