package io.cpdevents.billing.payments;

import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.UUID;

/**
 * A captured payment under its row lock, as refunds and disputes see it.
 *
 * @param feeRefundable whether the platform gives its share of the fee back with what leaves
 * @param paymentIntentId where the money came from
 * @param isDisputed whether a dispute has taken money and is not decided: nothing can be refunded
 */
public record RefundablePayment(
    UUID id,
    PaidRegistration registration,
    Money captured,
    boolean feeRefundable,
    String paymentIntentId,
    boolean isDisputed,
    List<PaymentLine> lines) {

  /** Copies the list. */
  public RefundablePayment {
    lines = List.copyOf(lines);
  }

  /** Captured, less all that is owed back, has gone back, or is disputed. */
  public Money left() {
    return sum(lines.stream().map(PaymentLine::left).toList());
  }

  /** What is owed back or has gone back by refunds. */
  public Money refunded() {
    return sum(lines.stream().map(PaymentLine::refunded).toList());
  }

  /** What open and lost disputes have taken. */
  public Money disputed() {
    return sum(lines.stream().map(PaymentLine::disputed).toList());
  }

  /** The same after a refund of these shares. */
  public RefundablePayment withRefunded(TicketShares shares) {
    return withLines(shares.change(lines, PaymentLine::withRefunded));
  }

  /** The same as if these shares of a refund had never left. */
  public RefundablePayment withoutRefunded(TicketShares shares) {
    return withLines(shares.change(lines, (line, share) -> line.withRefunded(share.negate())));
  }

  /** The same as if these shares of a dispute had never left. */
  public RefundablePayment withoutDisputed(TicketShares shares) {
    return withLines(shares.change(lines, (line, share) -> line.withDisputed(share.negate())));
  }

  private RefundablePayment withLines(List<PaymentLine> newLines) {
    return new RefundablePayment(
        id, registration, captured, feeRefundable, paymentIntentId, isDisputed, newLines);
  }

  private Money sum(List<Money> parts) {
    return parts.stream().reduce(Money.zero(captured.currency()), Money::plus);
  }
}
