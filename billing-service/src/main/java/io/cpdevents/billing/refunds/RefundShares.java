package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.platform.money.Allocation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Who bears a refund, ticket by ticket. Refunding the parts in any order and any split gives back
 * exactly the total and exactly the fee, also when some of them are called off in between.
 */
record RefundShares(List<Line> lines) {

  /**
   * A ticket's part of a refund.
   *
   * @param fee what the platform bears of it
   */
  record Line(UUID ticketId, Money amount, Money fee) {}

  /**
   * Allocates an amount to the tickets by what is left of each.
   *
   * @param amount at most what is left of all, a multiple of the currency's step
   */
  static RefundShares of(Money amount, List<PaymentLine> tickets) {
    long step = CurrencyRules.step(amount.currency());
    long[] left =
        tickets.stream()
            .mapToLong(ticket -> ticket.total().minus(ticket.refunded()).amountMinor())
            .toArray();
    long[] parts = Allocation.allocate(amount.amountMinor(), left, step);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      PaymentLine ticket = tickets.get(i);
      if (parts[i] > 0) {
        Money part = new Money(parts[i], amount.currency());
        Money due = feeDue(ticket, ticket.refunded().plus(part), step);
        lines.add(new Line(ticket.ticketId(), part, feeOf(part, due.minus(ticket.feeRefunded()))));
      }
    }
    return new RefundShares(lines);
  }

  /** What the platform bears. */
  Money platformShare(Money amount) {
    return lines.stream().map(Line::fee).reduce(Money.zero(amount.currency()), Money::plus);
  }

  /** What a part can bear of the fee that is due: later parts make good what it cannot. */
  private static Money feeOf(Money part, Money due) {
    if (due.isNegative()) {
      return Money.zero(part.currency());
    }
    return due.compareTo(part) > 0 ? part : due;
  }

  /** The fee's part of all that has been refunded of a ticket, half up to the step. */
  private static Money feeDue(PaymentLine ticket, Money refunded, long step) {
    long feeSteps = ticket.fee().amountMinor() / step;
    long total = ticket.total().amountMinor();
    long share =
        Math.addExact(
                Math.multiplyExact(2, Math.multiplyExact(feeSteps, refunded.amountMinor())), total)
            / Math.multiplyExact(2, total);
    return new Money(share * step, refunded.currency());
  }
}
