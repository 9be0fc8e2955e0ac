package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventTerms;
import io.cpdevents.registration.events.HoldLimits;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.registrations.EventOnSale.HoldsOfAccount;
import io.cpdevents.registration.registrations.EventOnSale.TicketTypeOnSale;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventOnSaleTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant STARTS_AT = NOW.plus(Duration.ofDays(10));
  private static final Instant ENDS_AT = STARTS_AT.plus(Duration.ofHours(8));

  private final TicketTypeOnSale standard = ticketType(12_550, null, null, null, 1, 20);
  private final TicketTypeOnSale student = ticketType(4_000, null, null, null, 1, 20);

  @Test
  void tickets_of_several_types_add_up() {
    Quote quote =
        eventOnSale(standard, student)
            .quote(List.of(wanted(standard, 2), wanted(student, 3)), null, NOW);
    assertThat(quote.lines())
        .extracting(Quote.Line::total)
        .containsExactly(Money.of(25_100, "CAD"), Money.of(12_000, "CAD"));
    assertThat(quote.total()).isEqualTo(Money.of(37_100, "CAD"));
    assertThat(quote.discount()).isEqualTo(Money.of(0, "CAD"));
    assertThat(quote.price()).isEqualTo(quote.total());
  }

  @Test
  void a_ticket_type_of_another_event_is_not_found() {
    EventOnSale event = eventOnSale(standard);
    refused("ticket-type-not-found", () -> event.quote(List.of(wanted(student, 1)), null, NOW));
  }

  @Test
  void a_promo_code_that_is_not_there_is_refused() {
    EventOnSale event = eventOnSale(standard);
    refused("promo-invalid", () -> event.quote(List.of(wanted(standard, 1)), "SPRING", NOW));
  }

  @Test
  void tickets_are_sold_from_the_opening_until_the_closing_only() {
    Instant opensAt = NOW.plusSeconds(60);
    Instant closesAt = NOW.plusSeconds(120);
    TicketTypeOnSale early = ticketType(5_000, null, opensAt, closesAt, 1, 20);
    EventOnSale event = eventOnSale(early);
    List<TicketQuantity> one = List.of(wanted(early, 1));
    refused("sales-closed", () -> event.quote(one, null, opensAt.minusMillis(1)));
    assertThat(event.quote(one, null, opensAt).total()).isEqualTo(Money.of(5_000, "CAD"));
    assertThat(event.quote(one, null, closesAt.minusMillis(1)).total().isPositive()).isTrue();
    refused("sales-closed", () -> event.quote(one, null, closesAt));
  }

  @Test
  void nothing_is_sold_when_the_event_is_over() {
    EventOnSale event = eventOnSale(standard);
    List<TicketQuantity> one = List.of(wanted(standard, 1));
    assertThat(event.quote(one, null, ENDS_AT.minusMillis(1)).total().isPositive()).isTrue();
    refused("sales-closed", () -> event.quote(one, null, ENDS_AT));
  }

  @Test
  void a_registration_keeps_to_the_smallest_and_largest_number() {
    TicketTypeOnSale pairs = ticketType(5_000, null, null, null, 2, 4);
    EventOnSale event = eventOnSale(pairs);
    refused("quantity-too-low", () -> event.quote(List.of(wanted(pairs, 1)), null, NOW));
    assertThat(event.quote(List.of(wanted(pairs, 2)), null, NOW).lines()).hasSize(1);
    assertThat(event.quote(List.of(wanted(pairs, 4)), null, NOW).lines()).hasSize(1);
    refused("quantity-too-high", () -> event.quote(List.of(wanted(pairs, 5)), null, NOW));
  }

  @Test
  void one_registration_has_twenty_tickets_at_most() {
    EventOnSale event = eventOnSale(standard, student);
    List<TicketQuantity> many = List.of(wanted(standard, 15), wanted(student, 6));
    refused("invalid-request", () -> event.quote(many, null, NOW));
    assertThat(TicketQuantity.faultsOf("tickets", many))
        .containsExactly(FieldProblem.WRONG_LENGTH.at("tickets"));
  }

  @Test
  void a_ticket_type_is_named_once() {
    List<TicketQuantity> twice = List.of(wanted(standard, 1), wanted(standard, 2));
    refused("invalid-request", () -> eventOnSale(standard).quote(twice, null, NOW));
    assertThat(TicketQuantity.faultsOf("tickets", twice))
        .containsExactly(FieldProblem.TICKET_TYPE_TWICE.at("tickets"));
  }

  @Test
  void a_total_that_stripe_would_not_charge_is_refused_and_a_free_one_is_not() {
    TicketTypeOnSale cheap = ticketType(20, null, null, null, 1, 20);
    TicketTypeOnSale free = ticketType(0, null, null, null, 1, 20);
    EventOnSale event = eventOnSale(cheap, free);
    refused("total-below-minimum", () -> event.quote(List.of(wanted(cheap, 2)), null, NOW));
    assertThat(event.quote(List.of(wanted(cheap, 3)), null, NOW).total())
        .isEqualTo(Money.of(60, "CAD"));
    assertThat(event.quote(List.of(wanted(free, 20)), null, NOW).total().isZero()).isTrue();
  }

  @Test
  void a_total_larger_than_stripe_takes_is_refused() {
    TicketTypeOnSale dear = ticketType(99_999_999, null, null, null, 1, 20);
    EventOnSale event = eventOnSale(dear);
    refused("amount-not-payable", () -> event.quote(List.of(wanted(dear, 2)), null, NOW));
  }

  @Test
  void too_few_places_are_seen_before_anything_is_locked() {
    TicketTypeOnSale scarce = ticketType(5_000, 2, null, null, 1, 20);
    EventOnSale event = eventOnSale(scarce, standard);
    refused("sold-out", () -> event.requirePlaces(List.of(wanted(scarce, 3))));
    refused("sold-out", () -> event.requirePlaces(List.of(wanted(standard, 6))));
    refused("sold-out", () -> event.requirePlaces(List.of(wanted(scarce, 2), wanted(standard, 4))));
    event.requirePlaces(List.of(wanted(scarce, 2), wanted(standard, 3)));
  }

  @Test
  void what_is_not_paid_takes_half_of_what_is_left_or_five_places() {
    EventOnSale few = onSale(8, HoldsOfAccount.NONE, standard);
    EventOnSale many = onSale(19, HoldsOfAccount.NONE, standard);

    few.requireHold(List.of(wanted(standard, 5)));
    refused("hold-too-large", () -> few.requireHold(List.of(wanted(standard, 6))));
    many.requireHold(List.of(wanted(standard, 10)));
    refused("hold-too-large", () -> many.requireHold(List.of(wanted(standard, 11))));
  }

  @Test
  void what_is_not_paid_takes_half_of_a_quota_too() {
    TicketTypeOnSale scarce = ticketType(5_000, 12, null, null, 1, 20);
    EventOnSale event = onSale(100, HoldsOfAccount.NONE, scarce);

    event.requireHold(List.of(wanted(scarce, 6)));
    refused("hold-too-large", () -> event.requireHold(List.of(wanted(scarce, 7))));
  }

  @Test
  void what_an_account_has_not_paid_counts_with_what_it_asks_for() {
    EventOnSale half = onSale(9, new HoldsOfAccount(1, 10, 0), standard);
    EventOnSale less = onSale(15, new HoldsOfAccount(1, 4, 0), standard);
    EventOnSale last = onSale(1, new HoldsOfAccount(2, 4, 0), standard);

    refused("hold-too-large", () -> half.requireHold(List.of(wanted(standard, 1))));
    less.requireHold(List.of(wanted(standard, 6)));
    refused("hold-too-large", () -> less.requireHold(List.of(wanted(standard, 7))));
    last.requireHold(List.of(wanted(standard, 1)));
  }

  @Test
  void what_is_sold_in_groups_is_sold_to_the_last_one() {
    TicketTypeOnSale group = ticketType(5_000, 15, null, null, 10, 20);
    EventOnSale event = onSale(15, HoldsOfAccount.NONE, group);

    event.requireHold(List.of(wanted(group, 10)));
    refused("hold-too-large", () -> event.requireHold(List.of(wanted(group, 11))));
  }

  @Test
  void an_account_has_three_unpaid_registrations_and_less_time_when_one_ran_out() {
    List<TicketQuantity> one = List.of(wanted(standard, 1));
    onSale(100, new HoldsOfAccount(2, 2, 0), standard).requireHold(one);
    refused(
        "hold-limit-reached",
        () -> onSale(100, new HoldsOfAccount(3, 3, 0), standard).requireHold(one));

    assertThat(onSale(100, new HoldsOfAccount(2, 2, 0), standard).holdTime())
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(onSale(100, new HoldsOfAccount(0, 0, 1), standard).holdTime())
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void who_did_not_pay_gets_half_of_the_last_places_and_then_one_at_a_time() {
    EventOnSale once = onSale(5, new HoldsOfAccount(0, 0, 1), standard);
    EventOnSale often = onSale(100, new HoldsOfAccount(0, 0, 3), standard);
    EventOnSale oftenAndMore = onSale(99, new HoldsOfAccount(1, 1, 3), standard);

    once.requireHold(List.of(wanted(standard, 3)));
    refused("hold-too-large", () -> once.requireHold(List.of(wanted(standard, 4))));
    often.requireHold(List.of(wanted(standard, 1)));
    refused("hold-too-large", () -> often.requireHold(List.of(wanted(standard, 2))));
    refused("hold-too-large", () -> oftenAndMore.requireHold(List.of(wanted(standard, 1))));
    onSale(1, new HoldsOfAccount(0, 0, 9), standard).requireHold(List.of(wanted(standard, 1)));
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static TicketQuantity wanted(TicketTypeOnSale ticketType, int quantity) {
    return new TicketQuantity(ticketType.id(), quantity);
  }

  private static TicketTypeOnSale ticketType(
      long priceMinor,
      @Nullable Integer placesLeft,
      @Nullable Instant opensAt,
      @Nullable Instant closesAt,
      int min,
      int max) {
    UUID id = Ids.next();
    return new TicketTypeOnSale(
        id, "type " + id, priceMinor, placesLeft, false, opensAt, closesAt, min, max, 0);
  }

  private static EventOnSale eventOnSale(TicketTypeOnSale... ticketTypes) {
    return onSale(5, HoldsOfAccount.NONE, ticketTypes);
  }

  private static EventOnSale onSale(
      int placesLeft, HoldsOfAccount holds, TicketTypeOnSale... ticketTypes) {
    return new EventOnSale(
        new EventSummary(
            Ids.next(),
            Ids.next(),
            "Wound care",
            EventMode.ONLINE,
            STARTS_AT,
            ENDS_AT,
            "America/Toronto",
            null),
        false,
        1,
        Currency.getInstance("CAD"),
        placesLeft,
        null,
        0,
        holds,
        HoldLimits.DEFAULT,
        EventTerms.DEFAULT_HOLD_MINUTES,
        new RefundPolicy(List.of(), true),
        false,
        Arrays.stream(ticketTypes)
            .collect(Collectors.toMap(TicketTypeOnSale::id, Function.identity())),
        null);
  }
}
