package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * One attendee's place, as far as it matters for its cancellation.
 *
 * @param total what it costs, its part of the discount taken off
 * @param returned what went back of that by other refunds than for its cancellation
 */
record Ticket(UUID id, UUID ticketTypeId, Money total, Money returned, TicketStatus status) {

  boolean cancelled() {
    return status == TicketStatus.CANCELLED;
  }

  /**
   * What is left of an amount that is asked back for its cancellation. That a refund was reduced is
   * told only when it has succeeded: until then more may seem to have gone back than was paid.
   */
  Money leftOf(Money asked) {
    Money left = total.minus(returned);
    if (left.isNegative()) {
      return Money.zero(total.currency());
    }
    return left.compareTo(asked) < 0 ? left : asked;
  }
}
