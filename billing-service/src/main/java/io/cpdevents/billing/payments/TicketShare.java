package io.cpdevents.billing.payments;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * A ticket's part of money that leaves a payment.
 *
 * @param fee what the platform bears of the amount; the organization bears the rest
 */
public record TicketShare(UUID ticketId, Money amount, Money fee) {

  /** The same in the other direction. */
  public TicketShare negate() {
    return new TicketShare(ticketId, amount.negate(), fee.negate());
  }
}
