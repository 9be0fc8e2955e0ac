package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.events.TicketTypeTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event sells at one moment. It says what tickets cost and refuses what cannot be sold; the
 * guards in the statements decide who gets the last place.
 *
 * @param version of the event: an offer of an older version binds nobody
 * @param perAccountLimit the most live registrations of one account; null: no limit
 * @param registrationsOfAccount live registrations of the asking account, when there is a limit
 * @param ticketTypes those that were asked for and exist
 */
record Offer(
    EventSummary event,
    long version,
    Currency currency,
    int placesLeft,
    @Nullable Integer perAccountLimit,
    int registrationsOfAccount,
    RefundPolicy refundPolicy,
    Map<UUID, OfferedTicketType> ticketTypes) {

  /** A ticket type on offer; {@code placesLeft} is null without a quota. */
  record OfferedTicketType(
      UUID id,
      String name,
      long priceMinor,
      @Nullable Integer placesLeft,
      @Nullable Instant saleOpensAt,
      @Nullable Instant saleClosesAt,
      int minPerRegistration,
      int maxPerRegistration) {}

  /**
   * The price of some tickets.
   *
   * @param promoCode refused when there is one: no organization has promo codes yet
   * @throws RuleViolation {@code promo-invalid}, {@code ticket-type-not-found}, {@code
   *     sales-closed}, {@code quantity-too-low}, {@code quantity-too-high}, {@code
   *     total-below-minimum} or {@code amount-not-payable}
   */
  Quote quote(List<TicketWish> wishes, @Nullable String promoCode, Instant now) {
    if (promoCode != null) {
      throw RuleViolation.conflict("promo-invalid", "There is no such promo code.");
    }
    Set<UUID> seen = new HashSet<>();
    List<Quote.Line> lines = new ArrayList<>();
    long tickets = 0;
    Money price = Money.zero(currency);
    for (TicketWish wish : wishes) {
      OfferedTicketType ticketType = ticketTypes.get(wish.ticketTypeId());
      if (ticketType == null) {
        throw RuleViolation.notFound("ticket-type-not-found");
      }
      if (!seen.add(ticketType.id())) {
        throw RuleViolation.invalidField("tickets", "ticket-type-twice");
      }
      requireOnSale(ticketType, now);
      requireQuantity(ticketType, wish.quantity());
      Quote.Line line = line(ticketType, wish.quantity());
      lines.add(line);
      price = price.plus(line.price());
      tickets += wish.quantity();
    }
    if (tickets > TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION) {
      throw RuleViolation.invalidField("tickets", "too-many");
    }
    requireChargeable(price);
    return new Quote(lines, price, Money.zero(currency), price);
  }

  /**
   * Refuses early, without a lock, what the guards would refuse.
   *
   * @throws RuleViolation {@code account-limit-reached} or {@code sold-out}
   */
  void requirePlaces(List<TicketWish> wishes) {
    if (perAccountLimit != null && registrationsOfAccount >= perAccountLimit) {
      throw accountLimitReached();
    }
    int places = 0;
    for (TicketWish wish : wishes) {
      OfferedTicketType ticketType = ticketTypes.get(wish.ticketTypeId());
      if (ticketType != null
          && ticketType.placesLeft() != null
          && wish.quantity() > ticketType.placesLeft()) {
        throw soldOut();
      }
      places += wish.quantity();
    }
    if (places > placesLeft) {
      throw soldOut();
    }
  }

  static RuleViolation soldOut() {
    return RuleViolation.conflict("sold-out", "There are not as many places left.");
  }

  static RuleViolation accountLimitReached() {
    return RuleViolation.conflict(
        "account-limit-reached", "You have as many registrations for this event as one may have.");
  }

  private void requireOnSale(OfferedTicketType ticketType, Instant now) {
    boolean notYet = ticketType.saleOpensAt() != null && now.isBefore(ticketType.saleOpensAt());
    boolean noMore = ticketType.saleClosesAt() != null && !now.isBefore(ticketType.saleClosesAt());
    if (notYet || noMore || !now.isBefore(event.endsAt())) {
      throw RuleViolation.conflict(
          "sales-closed", "Tickets of this type are not on sale at this time.");
    }
  }

  private static void requireQuantity(OfferedTicketType ticketType, int quantity) {
    if (quantity < ticketType.minPerRegistration()) {
      throw RuleViolation.conflict(
          "quantity-too-low",
          "A registration has at least %d tickets of this type."
              .formatted(ticketType.minPerRegistration()));
    }
    if (quantity > ticketType.maxPerRegistration()) {
      throw RuleViolation.conflict(
          "quantity-too-high",
          "A registration has at most %d tickets of this type."
              .formatted(ticketType.maxPerRegistration()));
    }
  }

  private Quote.Line line(OfferedTicketType ticketType, int quantity) {
    Money one = new Money(ticketType.priceMinor(), currency);
    Money all = new Money(Math.multiplyExact(ticketType.priceMinor(), quantity), currency);
    return new Quote.Line(
        ticketType.id(), ticketType.name(), quantity, one, all, Money.zero(currency), all);
  }

  private static void requireChargeable(Money total) {
    Money minimum = CurrencyRules.minimumCharge(total.currency());
    if (total.isPositive() && total.compareTo(minimum) < 0) {
      throw RuleViolation.conflict(
          "total-below-minimum",
          "A total that is not free is at least %d in %s's minor unit."
              .formatted(minimum.amountMinor(), minimum.currency()));
    }
    CurrencyRules.requirePayable(total);
  }
}
