package io.cpdevents.registration.registrations;

import java.util.UUID;

/**
 * How many tickets of a type somebody wants.
 *
 * @param quantity 1 or more
 */
public record TicketWish(UUID ticketTypeId, int quantity) {}
