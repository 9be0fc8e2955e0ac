package io.cpdevents.registration.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A kind of ticket of an event.
 *
 * @param taken places held or confirmed
 */
record TicketType(UUID id, UUID eventId, TicketTypeTerms terms, int taken, Instant createdAt) {}
