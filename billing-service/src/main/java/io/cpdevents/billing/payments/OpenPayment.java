package io.cpdevents.billing.payments;

import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.billing.plans.FeeRuleQueries;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A registration whose places are held gets its payment, with the fee rule of the plan of this
 * moment.
 */
@Component
public class OpenPayment {

  /**
   * A registration that has to be paid.
   *
   * @param total what its tickets cost together, more than zero
   * @param feeRefundable whether the platform gives its share of the fee back with a refund
   */
  public record Command(
      PaidRegistration registration, Money total, List<Ticket> tickets, boolean feeRefundable) {}

  /** A ticket and what it costs, which may be nothing. */
  public record Ticket(UUID id, String typeName, Money total) {}

  private final Payments payments;
  private final FeeRuleQueries feeRules;
  private final PaymentArrivals arrivals;
  private final Clock clock;

  OpenPayment(Payments payments, FeeRuleQueries feeRules, PaymentArrivals arrivals, Clock clock) {
    this.payments = payments;
    this.feeRules = feeRules;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /** Opens the payment, once for each registration. */
  @Transactional
  public void handle(Command command) {
    requireSum(command);
    List<Money> ticketTotals = command.tickets().stream().map(Ticket::total).toList();
    FeeRule rule =
        feeRules.ofOrganization(
            command.registration().organizationId(), command.total().currency());
    int paidTickets = (int) ticketTotals.stream().filter(Money::isPositive).count();
    Money fee = rule.feeOf(command.total(), paidTickets);
    Payment payment =
        Payment.awaiting(
            Ids.next(),
            command.registration(),
            command.total(),
            new PlatformFee(rule, fee, command.feeRefundable()),
            clock.instant());
    List<PaymentLine> lines = lines(command.tickets(), rule.allocate(fee, ticketTotals));
    if (payments.insert(payment, lines)) {
      arrivals.announceAfterCommit(command.registration().id());
    }
  }

  private static void requireSum(Command command) {
    Money total = command.total();
    Money sum =
        command.tickets().stream()
            .map(Ticket::total)
            .reduce(Money.zero(total.currency()), Money::plus);
    if (!sum.equals(total) || !total.isPositive()) {
      throw new IllegalArgumentException("tickets of %s do not make %s".formatted(sum, total));
    }
  }

  private static List<PaymentLine> lines(List<Ticket> tickets, List<Money> fees) {
    List<PaymentLine> lines = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      Ticket ticket = tickets.get(i);
      lines.add(PaymentLine.of(ticket.id(), ticket.typeName(), ticket.total(), fees.get(i)));
    }
    return lines;
  }
}
