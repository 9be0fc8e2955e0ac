package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * One attendee's place, as far as it matters for its cancellation.
 *
 * @param total what it costs, its part of the discount taken off
 */
record Ticket(UUID id, UUID ticketTypeId, Money total, TicketStatus status) {

  boolean cancelled() {
    return status == TicketStatus.CANCELLED;
  }
}
