package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Allocation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.RegistrationProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promo code as it was read, without a lock. As with the event, the guards in the statement that
 * takes places decide who gets its last use.
 *
 * @param version a use is taken only while it is still this one
 * @param ended whether its organization has ended it
 * @param percentOff in basis points; null when it has an amount
 * @param usesLeft null: any number
 * @param usesLeftOfAccount of the buyer's account; null: any number
 * @param eventIds null: all events of its organization
 * @param ticketTypeIds null: all ticket types of those events
 */
record PromoCodeOnSale(
    UUID id,
    String code,
    long version,
    boolean ended,
    @Nullable Integer percentOff,
    @Nullable Money amountOff,
    @Nullable Integer usesLeft,
    @Nullable Integer usesLeftOfAccount,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable Set<UUID> eventIds,
    @Nullable Set<UUID> ticketTypeIds) {

  /**
   * What is off each line: the discount of the whole registration, allocated to the tickets that
   * the code is for by largest remainder.
   *
   * @param lines before the discount
   * @return one amount for each line
   * @throws RuleViolation {@code promo-invalid}, {@code promo-exhausted} or {@code
   *     promo-account-limit}
   */
  List<Money> discounts(UUID eventId, List<Quote.Line> lines, Instant now) {
    requireValid(eventId, lines, now);
    List<Money> prices = new ArrayList<>();
    for (Quote.Line line : lines) {
      Money price = isFor(line) ? line.ticketPrice() : Money.zero(line.price().currency());
      for (int i = 0; i < line.quantity(); i++) {
        prices.add(price);
      }
    }
    List<Money> ofTickets = ofTickets(prices);
    List<Money> ofLines = new ArrayList<>();
    int from = 0;
    for (Quote.Line line : lines) {
      int to = from + line.quantity();
      ofLines.add(ofTickets.subList(from, to).stream().reduce(Money::plus).orElseThrow());
      from = to;
    }
    return ofLines;
  }

  private List<Money> ofTickets(List<Money> prices) {
    if (percentOff != null) {
      return Shares.of(prices, percentOff);
    }
    Money price = prices.stream().reduce(Money::plus).orElseThrow();
    long off = Math.min(price.amountMinor(), amountOff == null ? 0 : amountOff.amountMinor());
    long[] weights = prices.stream().mapToLong(Money::amountMinor).toArray();
    return Arrays.stream(Allocation.allocate(off, weights, CurrencyRules.step(price.currency())))
        .mapToObj(part -> new Money(part, price.currency()))
        .toList();
  }

  /** All that is wrong with a code has one answer: who guesses codes learns of none to come. */
  private void requireValid(UUID eventId, List<Quote.Line> lines, Instant now) {
    boolean notYet = validFrom != null && now.isBefore(validFrom);
    boolean noMore = validUntil != null && !now.isBefore(validUntil);
    if (ended || notYet || noMore) {
      throw RegistrationProblem.PROMO_INVALID.violation();
    }
    boolean givesSomething =
        lines.stream().anyMatch(line -> isFor(line) && line.price().isPositive());
    if ((eventIds != null && !eventIds.contains(eventId)) || !givesSomething) {
      throw RegistrationProblem.PROMO_INVALID.violation();
    }
    if (usesLeft != null && usesLeft <= 0) {
      throw RegistrationProblem.PROMO_EXHAUSTED.violation();
    }
    if (usesLeftOfAccount != null && usesLeftOfAccount <= 0) {
      throw accountLimit();
    }
  }

  private boolean isFor(Quote.Line line) {
    boolean sameCurrency =
        amountOff == null || amountOff.currency().equals(line.price().currency());
    return sameCurrency && (ticketTypeIds == null || ticketTypeIds.contains(line.ticketTypeId()));
  }

  static RuleViolation accountLimit() {
    return RegistrationProblem.PROMO_ACCOUNT_LIMIT.violation();
  }
}
