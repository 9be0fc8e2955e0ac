package io.cpdevents.billing.plans;

import io.cpdevents.platform.money.Allocation;
import io.cpdevents.platform.money.BasisPoints;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the platform keeps of a payment: a share of the total and a fixed amount for each paid
 * ticket. It is stored with the payment; a later change of plan never touches it.
 *
 * @param planId the plan it was taken from
 * @param basisPoints the share of the total
 * @param fixedPerTicket the amount for each ticket that costs something
 */
public record FeeRule(String planId, int basisPoints, Money fixedPerTicket) {

  /**
   * The fee of a payment: share of the total (half up) + fixed amount × paid tickets, rounded half
   * up to the currency's step, never more than the total.
   *
   * @param total what the buyer pays
   * @param paidTickets tickets that cost something
   */
  public Money feeOf(Money total, int paidTickets) {
    long step = CurrencyRules.step(total.currency());
    long share = BasisPoints.of(total.amountMinor(), basisPoints);
    long fixed = Math.multiplyExact(fixedPerTicket.amountMinor(), paidTickets);
    long rounded = (Math.addExact(share, fixed) + step / 2) / step * step;
    return new Money(Math.min(rounded, total.amountMinor()), total.currency());
  }

  /**
   * The fee's parts, one for each ticket in proportion to what it costs; no part is more than its
   * ticket.
   */
  public List<Money> allocate(Money fee, List<Money> ticketTotals) {
    long[] weights = ticketTotals.stream().mapToLong(Money::amountMinor).toArray();
    long[] parts =
        Allocation.allocate(fee.amountMinor(), weights, CurrencyRules.step(fee.currency()));
    return IntStream.range(0, parts.length)
        .mapToObj(i -> new Money(parts[i], fee.currency()))
        .toList();
  }
}
