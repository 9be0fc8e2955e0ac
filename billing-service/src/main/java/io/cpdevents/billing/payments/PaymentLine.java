package io.cpdevents.billing.payments;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * A ticket's part of a payment.
 *
 * @param total what the ticket costs
 * @param fee the platform's part of it
 * @param refunded what is owed back or has gone back of the total
 * @param feeRefunded what the platform bears of that
 */
public record PaymentLine(
    UUID ticketId,
    String ticketTypeName,
    Money total,
    Money fee,
    Money refunded,
    Money feeRefunded) {

  /** A ticket of which nothing has gone back. */
  public static PaymentLine of(UUID ticketId, String ticketTypeName, Money total, Money fee) {
    Money nothing = Money.zero(total.currency());
    return new PaymentLine(ticketId, ticketTypeName, total, fee, nothing, nothing);
  }

  /** What could still go back. */
  public Money left() {
    return total.minus(refunded);
  }
}
