package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.registrations.Offer.OfferedTicketType;
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

class OfferTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant STARTS_AT = NOW.plus(Duration.ofDays(10));
  private static final Instant ENDS_AT = STARTS_AT.plus(Duration.ofHours(8));

  private final OfferedTicketType standard = ticketType(12_550, null, null, null, 1, 20);
  private final OfferedTicketType student = ticketType(4_000, null, null, null, 1, 20);

  @Test
  void tickets_of_several_types_add_up() {
    Quote quote =
        offer(standard, student).quote(List.of(wish(standard, 2), wish(student, 3)), null, NOW);
    assertThat(quote.lines())
        .extracting(Quote.Line::total)
        .containsExactly(Money.of(25_100, "CAD"), Money.of(12_000, "CAD"));
    assertThat(quote.total()).isEqualTo(Money.of(37_100, "CAD"));
    assertThat(quote.discount()).isEqualTo(Money.of(0, "CAD"));
    assertThat(quote.price()).isEqualTo(quote.total());
  }

  @Test
  void a_ticket_type_of_another_event_is_not_found() {
    Offer offer = offer(standard);
    refused("ticket-type-not-found", () -> offer.quote(List.of(wish(student, 1)), null, NOW));
  }

  @Test
  void a_promo_code_is_refused_as_there_are_none_yet() {
    Offer offer = offer(standard);
    refused("promo-invalid", () -> offer.quote(List.of(wish(standard, 1)), "SPRING", NOW));
  }

  @Test
  void tickets_are_sold_from_the_opening_until_the_closing_only() {
    Instant opensAt = NOW.plusSeconds(60);
    Instant closesAt = NOW.plusSeconds(120);
    OfferedTicketType early = ticketType(5_000, null, opensAt, closesAt, 1, 20);
    Offer offer = offer(early);
    List<TicketWish> one = List.of(wish(early, 1));
    refused("sales-closed", () -> offer.quote(one, null, opensAt.minusMillis(1)));
    assertThat(offer.quote(one, null, opensAt).total()).isEqualTo(Money.of(5_000, "CAD"));
    assertThat(offer.quote(one, null, closesAt.minusMillis(1)).total().isPositive()).isTrue();
    refused("sales-closed", () -> offer.quote(one, null, closesAt));
  }

  @Test
  void nothing_is_sold_when_the_event_is_over() {
    Offer offer = offer(standard);
    List<TicketWish> one = List.of(wish(standard, 1));
    assertThat(offer.quote(one, null, ENDS_AT.minusMillis(1)).total().isPositive()).isTrue();
    refused("sales-closed", () -> offer.quote(one, null, ENDS_AT));
  }

  @Test
  void a_registration_keeps_to_the_smallest_and_largest_number() {
    OfferedTicketType pairs = ticketType(5_000, null, null, null, 2, 4);
    Offer offer = offer(pairs);
    refused("quantity-too-low", () -> offer.quote(List.of(wish(pairs, 1)), null, NOW));
    assertThat(offer.quote(List.of(wish(pairs, 2)), null, NOW).lines()).hasSize(1);
    assertThat(offer.quote(List.of(wish(pairs, 4)), null, NOW).lines()).hasSize(1);
    refused("quantity-too-high", () -> offer.quote(List.of(wish(pairs, 5)), null, NOW));
  }

  @Test
  void one_registration_has_twenty_tickets_at_most() {
    Offer offer = offer(standard, student);
    List<TicketWish> many = List.of(wish(standard, 15), wish(student, 6));
    refused("invalid-request", () -> offer.quote(many, null, NOW));
  }

  @Test
  void a_total_that_stripe_would_not_charge_is_refused_and_a_free_one_is_not() {
    OfferedTicketType cheap = ticketType(20, null, null, null, 1, 20);
    OfferedTicketType free = ticketType(0, null, null, null, 1, 20);
    Offer offer = offer(cheap, free);
    refused("total-below-minimum", () -> offer.quote(List.of(wish(cheap, 2)), null, NOW));
    assertThat(offer.quote(List.of(wish(cheap, 3)), null, NOW).total())
        .isEqualTo(Money.of(60, "CAD"));
    assertThat(offer.quote(List.of(wish(free, 20)), null, NOW).total().isZero()).isTrue();
  }

  @Test
  void a_total_larger_than_stripe_takes_is_refused() {
    OfferedTicketType dear = ticketType(99_999_999, null, null, null, 1, 20);
    Offer offer = offer(dear);
    refused("amount-not-payable", () -> offer.quote(List.of(wish(dear, 2)), null, NOW));
  }

  @Test
  void too_few_places_are_seen_before_anything_is_locked() {
    OfferedTicketType scarce = ticketType(5_000, 2, null, null, 1, 20);
    Offer offer = offer(scarce, standard);
    refused("sold-out", () -> offer.requirePlaces(List.of(wish(scarce, 3))));
    refused("sold-out", () -> offer.requirePlaces(List.of(wish(standard, 6))));
    refused("sold-out", () -> offer.requirePlaces(List.of(wish(scarce, 2), wish(standard, 4))));
    offer.requirePlaces(List.of(wish(scarce, 2), wish(standard, 3)));
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static TicketWish wish(OfferedTicketType ticketType, int quantity) {
    return new TicketWish(ticketType.id(), quantity);
  }

  private static OfferedTicketType ticketType(
      long priceMinor,
      @Nullable Integer placesLeft,
      @Nullable Instant opensAt,
      @Nullable Instant closesAt,
      int min,
      int max) {
    UUID id = Ids.next();
    return new OfferedTicketType(
        id, "type " + id, priceMinor, placesLeft, opensAt, closesAt, min, max);
  }

  private static Offer offer(OfferedTicketType... ticketTypes) {
    return new Offer(
        new EventSummary(
            Ids.next(),
            Ids.next(),
            "Wound care",
            EventMode.ONLINE,
            STARTS_AT,
            ENDS_AT,
            "America/Toronto",
            null),
        1,
        Currency.getInstance("CAD"),
        5,
        null,
        0,
        new RefundPolicy(List.of(), true),
        Arrays.stream(ticketTypes)
            .collect(Collectors.toMap(OfferedTicketType::id, Function.identity())));
  }
}
