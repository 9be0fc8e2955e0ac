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
 * @param disputed what open and lost disputes have taken of the total
 * @param feeDisputed what the platform bears of that
 */
public record PaymentLine(
    UUID ticketId,
    String ticketTypeName,
    Money total,
    Money fee,
    Money refunded,
    Money feeRefunded,
    Money disputed,
    Money feeDisputed) {

  /** A ticket of which nothing has left. */
  public static PaymentLine of(UUID ticketId, String ticketTypeName, Money total, Money fee) {
    Money nothing = Money.zero(total.currency());
    return new PaymentLine(
        ticketId, ticketTypeName, total, fee, nothing, nothing, nothing, nothing);
  }

  /** What could still go back. */
  public Money left() {
    return total.minus(gone());
  }

  /** What has left it: by refunds and by disputes. */
  Money gone() {
    return refunded.plus(disputed);
  }

  /** What the platform bears of that. */
  Money feeGone() {
    return feeRefunded.plus(feeDisputed);
  }

  /** The same after a refund of this share. */
  public PaymentLine withRefunded(TicketShare share) {
    return new PaymentLine(
        ticketId,
        ticketTypeName,
        total,
        fee,
        refunded.plus(share.amount()),
        feeRefunded.plus(share.fee()),
        disputed,
        feeDisputed);
  }

  /** The same after a dispute of this share. */
  public PaymentLine withDisputed(TicketShare share) {
    return new PaymentLine(
        ticketId,
        ticketTypeName,
        total,
        fee,
        refunded,
        feeRefunded,
        disputed.plus(share.amount()),
        feeDisputed.plus(share.fee()));
  }
}
