package io.cpdevents.accounts.zoommeetings;

import java.time.Instant;

/**
 * Somebody was at a meeting.
 *
 * @param registrantId by whose link
 */
record Presence(String registrantId, Instant joinedAt, Instant leftAt) {}
