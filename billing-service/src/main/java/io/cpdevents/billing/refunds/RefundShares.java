package io.cpdevents.billing.refunds;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import java.util.List;

/**
 * Who bears a refund: the organization and the platform, ticket by ticket; or nobody, when the
 * money was nobody's.
 *
 * @param tickets those of which something goes back
 * @param suspenseShare what goes back of a quarantined charge
 */
record RefundShares(TicketShares tickets, Money suspenseShare) {

  /** All that is left of a payment; empty when nothing is left. */
  static RefundShares ofAllLeft(RefundablePayment payment, RefundCause cause) {
    return of(payment, TicketShares.ofAllLeft(payment.lines(), feeGoesBack(payment, cause)));
  }

  /**
   * An amount, allocated to the tickets by what is left of each.
   *
   * @throws RuleViolation 409 {@code exceeds-refundable} when less is left
   */
  static RefundShares ofAmount(RefundablePayment payment, RefundCause cause, Money amount) {
    if (amount.isNegative() || amount.compareTo(payment.left()) > 0) {
      throw exceedsRefundable();
    }
    return of(payment, TicketShares.ofAmount(payment.lines(), feeGoesBack(payment, cause), amount));
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
    return of(payment, TicketShares.ofParts(payment.lines(), feeGoesBack(payment, cause), parts));
  }

  /** An amount of money that was nobody's. */
  static RefundShares ofSuspense(Money amount) {
    return new RefundShares(TicketShares.none(), amount);
  }

  /**
   * Less of the same tickets, in proportion.
   *
   * @param payment as if these shares had never gone back
   * @param amount no more than these shares
   */
  RefundShares reducedTo(RefundablePayment payment, RefundCause cause, Money amount) {
    return of(payment, tickets.reducedTo(payment.lines(), feeGoesBack(payment, cause), amount));
  }

  /** Whether nothing goes back. */
  boolean isEmpty() {
    return tickets.isEmpty() && suspenseShare.isZero();
  }

  /** What goes back in all. */
  Money amount() {
    return tickets.amount(currency()).plus(suspenseShare);
  }

  /** What the platform bears: it gives up that much of its fee. */
  Money platformShare() {
    return tickets.platformShare(currency());
  }

  /** What the organization bears. */
  Money organizationShare() {
    return tickets.organizationShare(currency());
  }

  private Currency currency() {
    return suspenseShare.currency();
  }

  private static RefundShares of(RefundablePayment payment, TicketShares tickets) {
    return new RefundShares(tickets, Money.zero(payment.captured().currency()));
  }

  /** Where nobody earns anything the fee goes back, whatever the refund policy says. */
  private static boolean feeGoesBack(RefundablePayment payment, RefundCause cause) {
    return switch (cause) {
      case PAYMENT_TOO_LATE, PAID_TWICE -> true;
      case ATTENDEE_CANCELLED,
          ORGANIZATION_CANCELLED,
          EVENT_CANCELLED,
          REQUESTED,
          MADE_AT_STRIPE,
          FRAUD_WARNING ->
          payment.feeRefundable();
    };
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

  /** The refusal of more than is left. */
  static RuleViolation exceedsRefundable() {
    return BillingProblem.EXCEEDS_REFUNDABLE.violation();
  }
}
