package io.cpdevents.billing.refunds;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to give back of a payment: an amount, all that is left of some tickets, or
 * all that is left.
 *
 * @param amount null when it is not by amount
 * @param ticketIds null when it is not by tickets
 */
public record WantedRefund(@Nullable Money amount, @Nullable Set<UUID> ticketIds) {

  /** Copies the set. */
  public WantedRefund {
    ticketIds = ticketIds == null ? null : Set.copyOf(ticketIds);
  }

  /** What is wrong with the fields {@code amount} and {@code ticketIds} together. */
  public static List<FieldError> faultsOf(
      @Nullable Money amount, @Nullable Collection<UUID> ticketIds) {
    return amount != null && ticketIds != null
        ? List.of(FieldProblem.AMOUNT_GIVEN.at("ticketIds"))
        : List.of();
  }

  /**
   * Who bears it. What is wrong is refused in this order.
   *
   * @throws RuleViolation 400 for both an amount and tickets; 409 {@code disputed} or {@code
   *     nothing-to-refund}; 400 {@code ticket-not-found} of a field; 422 {@code
   *     amount-not-payable}; 400 {@code wrong-currency} of a field; 409 {@code exceeds-refundable}
   */
  RefundShares sharesOf(RefundablePayment payment) {
    List<FieldError> faults = faultsOf(amount, ticketIds);
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
    if (payment.isDisputed()) {
      throw BillingProblem.DISPUTED.violation();
    }
    if (!payment.left().isPositive()) {
      throw BillingProblem.NOTHING_TO_REFUND.violation();
    }
    if (ticketIds != null) {
      return ofTickets(payment, ticketIds);
    }
    return amount == null
        ? RefundShares.ofAllLeft(payment, RefundCause.REQUESTED)
        : ofAmount(payment, amount);
  }

  private static RefundShares ofTickets(RefundablePayment payment, Set<UUID> ticketIds) {
    List<PaymentLine> tickets =
        payment.lines().stream().filter(line -> ticketIds.contains(line.ticketId())).toList();
    if (tickets.size() < ticketIds.size()) {
      throw FieldProblem.NOT_FOUND.on("ticketIds");
    }
    boolean anyGone =
        tickets.stream().anyMatch(line -> line.total().isPositive() && line.left().isZero());
    RefundShares shares =
        RefundShares.ofTickets(
            payment,
            RefundCause.REQUESTED,
            tickets.stream()
                .map(line -> new AcceptRefund.Line(line.ticketId(), line.left()))
                .toList(),
            false);
    if (anyGone || shares.isEmpty()) {
      throw RefundShares.exceedsRefundable();
    }
    return shares;
  }

  private static RefundShares ofAmount(RefundablePayment payment, Money amount) {
    CurrencyRules.requirePayable(amount);
    if (amount.isZero()) {
      throw CommonProblem.AMOUNT_NOT_PAYABLE.violation();
    }
    if (!amount.currency().equals(payment.captured().currency())) {
      throw FieldProblem.WRONG_CURRENCY.on("amount.currency");
    }
    return RefundShares.ofAmount(payment, RefundCause.REQUESTED, amount);
  }
}
