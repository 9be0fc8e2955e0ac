package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Allocation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What tickets cost: {@code price - discount = total}. */
public record Quote(List<Line> lines, Money price, Money discount, Money total) {

  /** The sum of one or more lines. */
  static Quote of(List<Line> lines) {
    return new Quote(
        lines, sum(lines, Line::price), sum(lines, Line::discount), sum(lines, Line::total));
  }

  private static Money sum(List<Line> lines, Function<Line, Money> amount) {
    return lines.stream().map(amount).reduce(Money::plus).orElseThrow();
  }

  /**
   * The tickets of one type.
   *
   * @param ticketPrice of one ticket
   * @param price of all of them
   */
  @Schema(name = "QuoteLine")
  public record Line(
      UUID ticketTypeId,
      String ticketTypeName,
      int quantity,
      Money ticketPrice,
      Money price,
      Money discount,
      Money total) {

    /** The same line with a discount. */
    Line less(Money newDiscount) {
      return new Line(
          ticketTypeId,
          ticketTypeName,
          quantity,
          ticketPrice,
          price,
          newDiscount,
          price.minus(newDiscount));
    }

    /** The discount of each of its tickets. */
    List<Money> ticketDiscounts() {
      long[] parts =
          Allocation.allocate(
              discount.amountMinor(), new long[quantity], CurrencyRules.step(discount.currency()));
      return Arrays.stream(parts).mapToObj(part -> new Money(part, discount.currency())).toList();
    }
  }
}
