package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.toMap;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.HoldLimits;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.events.TicketTypeTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An event that is on sale, or was until it was cancelled, as it was read, without a lock: what its
 * tickets cost, and what cannot be sold. By the time places are taken it may have changed, so the
 * guards in the statement that takes them decide who gets the last place.
 *
 * @param cancelled whether it was cancelled, so that nothing is sold any more
 * @param version of the event: places are taken only while it is still this one
 * @param perAccountLimit how many registrations one account may have that are held or confirmed;
 *     null: any number
 * @param registrationsOfAccount how many the buyer's account has; counted only if there is a limit
 * @param holdsOfAccount what the buyer's account has not paid
 * @param holdLimits those of the event, whoever asks
 * @param holdMinutes how long places wait for money
 * @param asksQuestions whether those who register have to be asked
 * @param ticketTypes those that were asked for and exist
 * @param promoCode the one that was asked for; null when none was, or there is no such code
 */
record EventOnSale(
    EventSummary summary,
    boolean cancelled,
    long version,
    Currency currency,
    int placesLeft,
    @Nullable Integer perAccountLimit,
    int registrationsOfAccount,
    HoldsOfAccount holdsOfAccount,
    HoldLimits holdLimits,
    int holdMinutes,
    RefundPolicy refundPolicy,
    boolean asksQuestions,
    Map<UUID, TicketTypeOnSale> ticketTypes,
    @Nullable PromoCodeOnSale promoCode) {

  /**
   * What an account has not paid for the event.
   *
   * @param open how many registrations are held for it
   * @param places how many places they take
   * @param lapsed how many were not paid within a day: they ran out or were let go, of which one is
   *     forgiven
   */
  record HoldsOfAccount(int open, int places, int lapsed) {

    static final HoldsOfAccount NONE = new HoldsOfAccount(0, 0, 0);
  }

  /**
   * A ticket type of the event.
   *
   * @param placesLeft of its quota and of those that it shares; null when it has none
   * @param sharesQuota whether it shares a quota with others
   * @param unpaidOfAccount how many places of it the buyer's account has not paid
   */
  record TicketTypeOnSale(
      UUID id,
      String name,
      long priceMinor,
      @Nullable Integer placesLeft,
      boolean sharesQuota,
      @Nullable Instant saleOpensAt,
      @Nullable Instant saleClosesAt,
      int minPerRegistration,
      int maxPerRegistration,
      int unpaidOfAccount) {

    private TicketTypeOnSale asPromised() {
      return new TicketTypeOnSale(
          id,
          name,
          priceMinor,
          placesLeft,
          sharesQuota,
          null,
          null,
          1,
          TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION,
          0);
    }
  }

  /**
   * What some tickets cost.
   *
   * @param typedCode the promo code that was asked for; null for none
   * @throws RuleViolation {@code event-cancelled}, {@code promo-invalid}, {@code promo-exhausted},
   *     {@code promo-account-limit}, {@code ticket-type-not-found}, {@code sales-closed}, {@code
   *     quantity-too-low}, {@code quantity-too-high}, {@code total-below-minimum} or {@code
   *     amount-not-payable}
   */
  Quote quote(List<TicketQuantity> wanted, @Nullable String typedCode, Instant now) {
    if (cancelled) {
      throw eventCancelled();
    }
    if (typedCode != null && promoCode == null) {
      throw RegistrationProblem.PROMO_INVALID.violation();
    }
    List<FieldError> faults = TicketQuantity.faultsOf("tickets", wanted);
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
    List<Quote.Line> lines = new ArrayList<>();
    for (TicketQuantity each : wanted) {
      TicketTypeOnSale ticketType = ticketTypes.get(each.ticketTypeId());
      if (ticketType == null) {
        throw RegistrationProblem.TICKET_TYPE_NOT_FOUND.violation();
      }
      requireOnSale(ticketType, now);
      requireQuantity(ticketType, each.quantity());
      lines.add(line(ticketType, each.quantity()));
    }
    Quote quote = Quote.of(discounted(lines, now));
    requireChargeable(quote.total());
    return quote;
  }

  private List<Quote.Line> discounted(List<Quote.Line> lines, Instant now) {
    if (promoCode == null) {
      return lines;
    }
    List<Money> discounts = promoCode.discounts(summary.id(), lines, now);
    return IntStream.range(0, lines.size())
        .mapToObj(i -> lines.get(i).less(discounts.get(i)))
        .toList();
  }

  /** The same event, with the promo code that was asked for. */
  EventOnSale withPromoCode(PromoCodeOnSale code) {
    return new EventOnSale(
        summary,
        cancelled,
        version,
        currency,
        placesLeft,
        perAccountLimit,
        registrationsOfAccount,
        holdsOfAccount,
        holdLimits,
        holdMinutes,
        refundPolicy,
        asksQuestions,
        ticketTypes,
        code);
  }

  /**
   * The same event for somebody to whom places of it were promised: whether they are on sale now,
   * how many one may buy and what one has not paid matters no more.
   */
  EventOnSale asPromised() {
    return new EventOnSale(
        summary,
        cancelled,
        version,
        currency,
        placesLeft,
        perAccountLimit,
        registrationsOfAccount,
        HoldsOfAccount.NONE,
        HoldLimits.NONE,
        holdMinutes,
        refundPolicy,
        asksQuestions,
        ticketTypes.values().stream()
            .map(TicketTypeOnSale::asPromised)
            .collect(toMap(TicketTypeOnSale::id, type -> type)),
        null);
  }

  /**
   * Refuses early, before anything is locked, what those guards would refuse.
   *
   * @throws RuleViolation {@code account-limit-reached} or {@code sold-out}
   */
  void requirePlaces(List<TicketQuantity> wanted) {
    if (perAccountLimit != null && registrationsOfAccount >= perAccountLimit) {
      throw accountLimitReached();
    }
    int places = 0;
    for (TicketQuantity each : wanted) {
      TicketTypeOnSale ticketType = ticketTypes.get(each.ticketTypeId());
      if (ticketType != null
          && ticketType.placesLeft() != null
          && each.quantity() > ticketType.placesLeft()) {
        throw soldOut();
      }
      places += each.quantity();
    }
    if (places > placesLeft) {
      throw soldOut();
    }
  }

  /**
   * Refuses early what unpaid registrations of one account may not keep from others. What it has
   * not paid yet counts with what it asks for: else it would hold the last places in parts.
   *
   * @throws RuleViolation {@code hold-limit-reached} or {@code hold-too-large}
   */
  void requireHold(List<TicketQuantity> wanted) {
    if (holdsOfAccount.open() >= limits().maxPerAccount()) {
      throw holdLimitReached();
    }
    int places = 0;
    for (TicketQuantity each : wanted) {
      TicketTypeOnSale ticketType = ticketTypes.get(each.ticketTypeId());
      if (ticketType != null && ticketType.placesLeft() != null) {
        requireShare(
            each.quantity(),
            ticketType.unpaidOfAccount(),
            ticketType.placesLeft(),
            ticketType.minPerRegistration());
      }
      places += each.quantity();
    }
    requireShare(places, holdsOfAccount.places(), placesLeft, smallestOf(wanted));
  }

  private void requireShare(int places, int unpaid, int placesLeft, int smallest) {
    int most = limits().placesOf(placesLeft + unpaid, smallest);
    if (unpaid + places > most) {
      throw RegistrationProblem.HOLD_TOO_LARGE.violation(
          "Until they are paid, %d places at most are held for one account, and %d are."
              .formatted(most, unpaid));
    }
  }

  /** Those that hold for the account of {@link #holdsOfAccount}. */
  HoldLimits limits() {
    return holdLimits.after(holdsOfAccount.lapsed());
  }

  /** Whether any of these types shares a quota; that it does not holds for this version only. */
  boolean sharesQuotas(List<TicketQuantity> wanted) {
    return wanted.stream()
        .map(each -> ticketTypes.get(each.ticketTypeId()))
        .anyMatch(type -> type != null && type.sharesQuota());
  }

  /** How many places tickets of these types take at least. */
  int smallestOf(List<TicketQuantity> wanted) {
    return wanted.stream()
        .map(each -> ticketTypes.get(each.ticketTypeId()))
        .filter(Objects::nonNull)
        .mapToInt(TicketTypeOnSale::minPerRegistration)
        .sum();
  }

  /** How long places wait for money: not as long again for whoever has not paid before. */
  Duration holdTime() {
    return Duration.ofMinutes(
        holdsOfAccount.lapsed() == 0
            ? holdMinutes
            : Math.min(holdMinutes, limits().repeatedMinutes()));
  }

  static RuleViolation holdLimitReached() {
    return RegistrationProblem.HOLD_LIMIT_REACHED.violation();
  }

  static RuleViolation networkHoldsEnough() {
    return RegistrationProblem.HOLD_TOO_LARGE.violation(
        "From your network several registrations were not paid in time, so until they are paid no"
            + " more places are held for it now.");
  }

  static RuleViolation holdTooLargeOfQuota() {
    return RegistrationProblem.HOLD_TOO_LARGE.violation(
        "Until they are paid, fewer places that ticket types share are held for one account.");
  }

  static RuleViolation soldOut() {
    return RegistrationProblem.SOLD_OUT.violation();
  }

  static RuleViolation eventCancelled() {
    return RegistrationProblem.EVENT_CANCELLED.violation();
  }

  static RuleViolation accountLimitReached() {
    return RegistrationProblem.ACCOUNT_LIMIT_REACHED.violation();
  }

  private void requireOnSale(TicketTypeOnSale ticketType, Instant now) {
    boolean notYet = ticketType.saleOpensAt() != null && now.isBefore(ticketType.saleOpensAt());
    boolean noMore = ticketType.saleClosesAt() != null && !now.isBefore(ticketType.saleClosesAt());
    if (notYet || noMore || !now.isBefore(summary.endsAt())) {
      throw RegistrationProblem.SALES_CLOSED.violation();
    }
  }

  private static void requireQuantity(TicketTypeOnSale ticketType, int quantity) {
    if (quantity < ticketType.minPerRegistration()) {
      throw RegistrationProblem.QUANTITY_TOO_LOW.violation(
          "A registration has at least %d tickets of this type."
              .formatted(ticketType.minPerRegistration()));
    }
    if (quantity > ticketType.maxPerRegistration()) {
      throw RegistrationProblem.QUANTITY_TOO_HIGH.violation(
          "A registration has at most %d tickets of this type."
              .formatted(ticketType.maxPerRegistration()));
    }
  }

  private Quote.Line line(TicketTypeOnSale ticketType, int quantity) {
    Money one = new Money(ticketType.priceMinor(), currency);
    Money all = new Money(Math.multiplyExact(ticketType.priceMinor(), quantity), currency);
    return new Quote.Line(
        ticketType.id(), ticketType.name(), quantity, one, all, Money.zero(currency), all);
  }

  private static void requireChargeable(Money total) {
    Money minimum = CurrencyRules.minimumCharge(total.currency());
    if (total.isPositive() && total.compareTo(minimum) < 0) {
      throw RegistrationProblem.TOTAL_BELOW_MINIMUM.violation(
          "A total that is not free is at least %d in %s's minor unit."
              .formatted(minimum.amountMinor(), minimum.currency()));
    }
    CurrencyRules.requirePayable(total);
  }
}
