package io.cpdevents.payout.events;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as registration-service told it last.
 *
 * @param version rises with each change
 * @param latestEndsAt the latest end that it has had since somebody registered: what it earned is
 *     released some days after this, so nothing is released earlier because it is moved
 */
public record KnownEvent(
    UUID id, long version, UUID organizationId, String title, Instant latestEndsAt) {}
