package io.cpdevents.billing.payments;

import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.billing.plans.FeeRules;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketLine;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A held registration gets its payment, with the fee rule of today. */
@Component
public class OpenPayment {

  private final Payments payments;
  private final FeeRules feeRules;
  private final PaymentArrivals arrivals;
  private final Clock clock;

  OpenPayment(Payments payments, FeeRules feeRules, PaymentArrivals arrivals, Clock clock) {
    this.payments = payments;
    this.feeRules = feeRules;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /** Opens the payment, once for each registration. */
  @Transactional
  public void handle(RegistrationHeld held) {
    Money total = Money.from(held.total());
    List<Money> ticketTotals =
        held.tickets().stream().map(ticket -> Money.from(ticket.total())).toList();
    requireSum(total, ticketTotals);
    FeeRule rule = feeRules.ofFreePlan(total.currency());
    int paidTickets = (int) ticketTotals.stream().filter(Money::isPositive).count();
    Money fee = rule.feeOf(total, paidTickets);
    Payment payment =
        new Payment(
            Ids.next(),
            held.registrationId(),
            held.accountId(),
            held.organizationId(),
            held.eventId(),
            held.eventTitle(),
            PaymentStatus.AWAITING_PAYMENT,
            total,
            rule,
            fee,
            null,
            held.holdExpiresAt(),
            null,
            clock.instant());
    List<PaymentLine> lines = lines(held.tickets(), ticketTotals, rule.allocate(fee, ticketTotals));
    if (payments.insert(payment, lines)) {
      arrivals.announceAfterCommit(held.registrationId());
    }
  }

  private static void requireSum(Money total, List<Money> parts) {
    Money sum = parts.stream().reduce(Money.zero(total.currency()), Money::plus);
    if (!sum.equals(total) || !total.isPositive()) {
      throw new IllegalArgumentException("tickets of %s do not make %s".formatted(sum, total));
    }
  }

  private static List<PaymentLine> lines(
      List<TicketLine> tickets, List<Money> totals, List<Money> fees) {
    List<PaymentLine> lines = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      Money nothing = Money.zero(totals.get(i).currency());
      lines.add(
          new PaymentLine(
              tickets.get(i).ticketId(),
              tickets.get(i).ticketTypeName(),
              totals.get(i),
              fees.get(i),
              nothing,
              nothing));
    }
    return lines;
  }
}
