package io.cpdevents.payout.statements;

import io.cpdevents.payout.statements.StatementLine.Kind;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;

/**
 * The sums of a statement's lines: {@code gross − platformFee + refunds + disputes + other +
 * carriedOver = net}, and {@code net − kept} is what the payout pays.
 *
 * @param gross what was paid for registrations
 * @param platformFee what the platform kept of that
 * @param refunds what refunds took from the organization (negative)
 * @param disputes what disputes took from it (negative)
 * @param other corrections
 * @param carriedOver what earlier payouts had left, or had paid too much (negative)
 * @param net the sum of all lines
 * @param kept the part of it that this payout does not pay: it is carried over to the next
 */
@Schema(name = "StatementTotals")
public record StatementTotals(
    Money gross,
    Money platformFee,
    Money refunds,
    Money disputes,
    Money other,
    Money carriedOver,
    Money net,
    Money kept) {

  /** The sums of these lines. */
  static StatementTotals of(List<StatementLine> lines, Money paid) {
    Sums sums = new Sums(lines, Money.zero(paid.currency()));
    Money net = lines.stream().map(StatementLine::net).reduce(sums.zero(), Money::plus);
    return new StatementTotals(
        sums.of(Kind.REGISTRATION, StatementLine::gross),
        sums.of(Kind.REGISTRATION, StatementLine::platformFee),
        sums.of(Kind.REFUND, StatementLine::net),
        sums.of(Kind.DISPUTE, StatementLine::net),
        sums.of(Kind.OTHER, StatementLine::net),
        sums.of(Kind.CARRIED_OVER, StatementLine::net),
        net,
        net.minus(paid));
  }

  private record Sums(List<StatementLine> lines, Money zero) {

    private Money of(Kind kind, Function<StatementLine, Money> amount) {
      return lines.stream()
          .filter(line -> line.kind() == kind)
          .map(amount)
          .reduce(zero, Money::plus);
    }
  }
}
