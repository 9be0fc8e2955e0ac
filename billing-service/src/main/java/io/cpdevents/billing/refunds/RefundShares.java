package io.cpdevents.billing.refunds;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Allocation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who bears a refund, ticket by ticket. Refunding the parts in any order and any split gives back
 * exactly the total and exactly the fee, also when some of them are called off in between.
 *
 * @param tickets those of which something goes back
 */
record RefundShares(List<TicketShare> tickets) {

  /** Causes for which nobody earns anything: the fee goes back whatever the refund policy says. */
  private static final Set<RefundCause> FEE_ALWAYS_REFUNDED =
      Set.of(RefundCause.PAYMENT_TOO_LATE, RefundCause.PAID_TWICE);

  /** All that is left of a payment; no tickets when nothing is. */
  static RefundShares ofAllLeft(RefundablePayment payment, RefundCause cause) {
    return of(
        payment,
        cause,
        payment.lines().stream().mapToLong(line -> line.left().amountMinor()).toArray());
  }

  /**
   * An amount, allocated to the tickets by what is left of each.
   *
   * @throws RuleViolation 409 {@code exceeds-refundable} when less is left
   */
  static RefundShares ofAmount(RefundablePayment payment, RefundCause cause, Money amount) {
    if (!amount.isPositive() || amount.compareTo(payment.refundable()) > 0) {
      throw exceedsRefundable();
    }
    long[] left = payment.lines().stream().mapToLong(line -> line.left().amountMinor()).toArray();
    return of(
        payment,
        cause,
        Allocation.allocate(amount.amountMinor(), left, CurrencyRules.step(amount.currency())));
  }

  /**
   * Amounts of exactly these tickets.
   *
   * @param cappedAtRemaining whether less goes back when less is left of a ticket, nothing included
   * @throws RuleViolation 409 {@code exceeds-refundable} when less is left and it is not capped,
   *     422 {@code amount-not-payable} when an amount cannot be paid in its currency
   */
  static RefundShares ofTickets(
      RefundablePayment payment,
      RefundCause cause,
      List<AcceptRefund.Line> lines,
      boolean cappedAtRemaining) {
    requireTicketsOf(payment, lines);
    long[] parts =
        payment.lines().stream()
            .mapToLong(ticket -> part(ticket, lines, cappedAtRemaining).amountMinor())
            .toArray();
    return of(payment, cause, parts);
  }

  /** Whether nothing goes back. */
  boolean isEmpty() {
    return tickets.isEmpty();
  }

  /** What goes back in all. */
  Money amount() {
    return tickets.stream().map(TicketShare::amount).reduce(Money::plus).orElseThrow();
  }

  /** What the platform bears: it gives up that much of its fee. */
  Money platformShare() {
    return tickets.stream().map(TicketShare::fee).reduce(Money::plus).orElseThrow();
  }

  /** What the organization bears. */
  Money organizationShare() {
    return amount().minus(platformShare());
  }

  private static void requireTicketsOf(RefundablePayment payment, List<AcceptRefund.Line> lines) {
    for (AcceptRefund.Line line : lines) {
      CurrencyRules.requirePayable(line.amount());
      if (payment.lines().stream().noneMatch(ticket -> ticket.ticketId().equals(line.ticketId()))) {
        throw new IllegalArgumentException(
            "ticket %s is not paid by payment %s".formatted(line.ticketId(), payment.id()));
      }
    }
  }

  private static Money part(
      PaymentLine ticket, List<AcceptRefund.Line> lines, boolean cappedAtRemaining) {
    Money asked =
        lines.stream()
            .filter(line -> line.ticketId().equals(ticket.ticketId()))
            .map(AcceptRefund.Line::amount)
            .reduce(Money.zero(ticket.total().currency()), Money::plus);
    if (asked.compareTo(ticket.left()) <= 0) {
      return asked;
    }
    if (cappedAtRemaining) {
      return ticket.left();
    }
    throw exceedsRefundable();
  }

  /** Who bears these parts, one for each ticket of the payment. */
  private static RefundShares of(RefundablePayment payment, RefundCause cause, long[] parts) {
    boolean feeGoesBack = payment.feeRefundable() || FEE_ALWAYS_REFUNDED.contains(cause);
    List<TicketShare> tickets = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      PaymentLine ticket = payment.lines().get(i);
      Money part = new Money(parts[i], ticket.total().currency());
      if (part.isPositive()) {
        Money fee = feeGoesBack ? feeOf(ticket, part) : Money.zero(part.currency());
        tickets.add(new TicketShare(ticket.ticketId(), part, fee));
      }
    }
    return new RefundShares(List.copyOf(tickets));
  }

  /**
   * What the platform bears of a part: what is due of the fee once this part has gone back, less
   * what it has borne before. It never bears more than the part; later parts make good for that.
   */
  private static Money feeOf(PaymentLine ticket, Money part) {
    Money due = feeDue(ticket, ticket.refunded().plus(part)).minus(ticket.feeRefunded());
    if (due.isNegative()) {
      return Money.zero(part.currency());
    }
    return due.compareTo(part) > 0 ? part : due;
  }

  /** The fee's part of all that has been refunded of a ticket, half up to the step. */
  private static Money feeDue(PaymentLine ticket, Money refunded) {
    long step = CurrencyRules.step(refunded.currency());
    long feeSteps = ticket.fee().amountMinor() / step;
    long total = ticket.total().amountMinor();
    long share =
        Math.addExact(
                Math.multiplyExact(2, Math.multiplyExact(feeSteps, refunded.amountMinor())), total)
            / Math.multiplyExact(2, total);
    return new Money(share * step, refunded.currency());
  }

  /** The refusal of more than is left. */
  static RuleViolation exceedsRefundable() {
    return BillingProblem.EXCEEDS_REFUNDABLE.violation();
  }
}
