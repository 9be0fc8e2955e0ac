package io.cpdevents.billing.payments;

import io.cpdevents.platform.money.Allocation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Who bears money that leaves a payment, ticket by ticket: the organization, and the platform its
 * share of the fee. Taking the parts in any order and any split takes exactly the total and exactly
 * the fee, also when some of them come back in between.
 *
 * @param tickets those of which something leaves
 */
public record TicketShares(List<TicketShare> tickets) {

  private static final TicketShares NONE = new TicketShares(List.of());

  /** Copies the list. */
  public TicketShares {
    tickets = List.copyOf(tickets);
  }

  /** Nothing. */
  public static TicketShares none() {
    return NONE;
  }

  /**
   * All that is left.
   *
   * @param feeGoesBack whether the platform bears its share; else the organization bears all
   */
  public static TicketShares ofAllLeft(List<PaymentLine> lines, boolean feeGoesBack) {
    return ofParts(
        lines, feeGoesBack, lines.stream().mapToLong(line -> line.left().amountMinor()).toArray());
  }

  /**
   * An amount, allocated to the tickets by what is left of each.
   *
   * @param amount not negative, and no more than what is left of all
   */
  public static TicketShares ofAmount(List<PaymentLine> lines, boolean feeGoesBack, Money amount) {
    long[] left = lines.stream().mapToLong(line -> line.left().amountMinor()).toArray();
    return ofParts(
        lines,
        feeGoesBack,
        Allocation.allocate(amount.amountMinor(), left, CurrencyRules.step(amount.currency())));
  }

  /**
   * These parts.
   *
   * @param parts one for each ticket, in minor units; no more than what is left of it
   */
  public static TicketShares ofParts(List<PaymentLine> lines, boolean feeGoesBack, long[] parts) {
    List<TicketShare> tickets = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      PaymentLine ticket = lines.get(i);
      Money part = new Money(parts[i], ticket.total().currency());
      if (part.isPositive()) {
        Money fee = feeGoesBack ? feeOf(ticket, part) : Money.zero(part.currency());
        tickets.add(new TicketShare(ticket.ticketId(), part, fee));
      }
    }
    return new TicketShares(tickets);
  }

  /**
   * A part of these shares, in proportion to them.
   *
   * @param amount no more than these shares
   */
  public List<Money> partsOf(Money amount) {
    long[] weights = tickets.stream().mapToLong(share -> share.amount().amountMinor()).toArray();
    long[] parts =
        Allocation.allocate(amount.amountMinor(), weights, CurrencyRules.step(amount.currency()));
    List<Money> moneys = new ArrayList<>();
    for (long part : parts) {
      moneys.add(new Money(part, amount.currency()));
    }
    return moneys;
  }

  /**
   * Less of the same tickets, in proportion.
   *
   * @param lines as if these shares had never left
   * @param amount no more than these shares
   */
  public TicketShares reducedTo(List<PaymentLine> lines, boolean feeGoesBack, Money amount) {
    List<Money> less = partsOf(amount);
    long[] parts = new long[lines.size()];
    for (int i = 0; i < tickets.size(); i++) {
      parts[position(lines, tickets.get(i))] = less.get(i).amountMinor();
    }
    return ofParts(lines, feeGoesBack, parts);
  }

  /** Whether nothing leaves. */
  public boolean isEmpty() {
    return tickets.isEmpty();
  }

  /** What leaves in all. */
  public Money amount(Currency currency) {
    return tickets.stream().map(TicketShare::amount).reduce(Money.zero(currency), Money::plus);
  }

  /** What the platform bears: it gives up that much of its fee. */
  public Money platformShare(Currency currency) {
    return tickets.stream().map(TicketShare::fee).reduce(Money.zero(currency), Money::plus);
  }

  /** What the organization bears. */
  public Money organizationShare(Currency currency) {
    return amount(currency).minus(platformShare(currency));
  }

  private static int position(List<PaymentLine> lines, TicketShare share) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).ticketId().equals(share.ticketId())) {
        return i;
      }
    }
    throw new IllegalArgumentException("ticket " + share.ticketId() + " is of another payment");
  }

  /** What is changed of each line by these shares. */
  List<PaymentLine> change(
      List<PaymentLine> lines, BiFunction<PaymentLine, TicketShare, PaymentLine> change) {
    return lines.stream()
        .map(line ->
            tickets.stream()
                .filter(share -> share.ticketId().equals(line.ticketId()))
                .findFirst()
                .map(share -> change.apply(line, share))
                .orElse(line))
        .toList();
  }

  /**
   * What the platform bears of a part: what is due of the fee once this part has left, less what it
   * has borne before. It never bears more than the part; later parts make good for that.
   */
  private static Money feeOf(PaymentLine ticket, Money part) {
    Money due = feeDue(ticket, ticket.gone().plus(part)).minus(ticket.feeGone());
    if (due.isNegative()) {
      return Money.zero(part.currency());
    }
    return due.compareTo(part) > 0 ? part : due;
  }

  /** The fee's part of all that has left a ticket, half up to the step. */
  private static Money feeDue(PaymentLine ticket, Money gone) {
    long step = CurrencyRules.step(gone.currency());
    long feeSteps = ticket.fee().amountMinor() / step;
    long total = ticket.total().amountMinor();
    long share =
        Math.addExact(
                Math.multiplyExact(2, Math.multiplyExact(feeSteps, gone.amountMinor())), total)
            / Math.multiplyExact(2, total);
    return new Money(share * step, gone.currency());
  }
}
