package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefundTermsTest {

  private static final int ROUNDS = 4_000;
  private static final int MAX_TICKETS = 20;

  @Test
  void ten_tickets_of_23_90_at_a_quarter_give_back_59_75_in_all() {
    List<Ticket> tickets = tickets("CAD", IntStream.generate(() -> 23_90).limit(10).toArray());
    Map<UUID, Money> refunds = new RefundTerms.Share(2_500).refunds(tickets);
    assertThat(total(refunds, tickets)).isEqualTo(59_75);
    assertThat(refunds.values())
        .allMatch(refund -> refund.amountMinor() == 5_97 || refund.amountMinor() == 5_98);
    assertThat(amounts(refunds, tickets)).startsWith(5_98L).endsWith(5_97L);
  }

  @Test
  void a_share_is_rounded_half_up_to_what_the_currency_can_pay() {
    assertThat(refund("CAD", 1, 5_000)).isEqualTo(1);
    assertThat(refund("CAD", 3, 5_000)).isEqualTo(2);
    assertThat(refund("CAD", 999, 49)).isEqualTo(5);
    assertThat(refund("KWD", 1_230, 2_500)).isEqualTo(310);
    assertThat(refund("KWD", 1_210, 2_500)).isEqualTo(300);
    assertThat(refund("ISK", 123_400, 2_500)).isEqualTo(30_900);
    assertThat(refund("JPY", 1_001, 5_000)).isEqualTo(501);
  }

  @Test
  void everything_is_what_each_ticket_costs_and_nothing_is_nothing() {
    List<Ticket> tickets = tickets("CAD", 12_550, 0, 33, 4_000);
    assertThat(amounts(RefundTerms.everything().refunds(tickets), tickets))
        .containsExactly(12_550L, 0L, 33L, 4_000L);
    assertThat(amounts(RefundTerms.nothing().refunds(tickets), tickets)).containsOnly(0L);
    assertThat(amounts(RefundTerms.of(null).refunds(tickets), tickets)).containsOnly(0L);
    assertThat(amounts(RefundTerms.of(new Tier(48, 10_000)).refunds(tickets), tickets))
        .containsExactly(12_550L, 0L, 33L, 4_000L);
  }

  @Test
  void a_share_of_tickets_that_are_all_free_is_nothing() {
    List<Ticket> free = tickets("CAD", 0, 0, 0);
    assertThat(amounts(new RefundTerms.Share(5_000).refunds(free), free)).containsOnly(0L);
    assertThat(amounts(RefundTerms.lessKept(5_000).refunds(free), free)).containsOnly(0L);
  }

  @Test
  void what_an_organization_keeps_is_a_share_of_the_tickets_that_are_still_valid() {
    List<Ticket> tickets = cancel(tickets("CAD", 10_000, 5_001, 5_000), 0);
    Map<UUID, Money> refunds = RefundTerms.lessKept(1_000).refunds(tickets);
    // 10 % of 100.01 is 10.00, half up: 5.00 of each ticket.
    assertThat(refunds).doesNotContainKey(tickets.getFirst().id());
    assertThat(amounts(refunds, tickets.subList(1, 3))).containsExactly(4_501L, 4_500L);
    assertThat(amounts(RefundTerms.lessKept(0).refunds(tickets), tickets.subList(1, 3)))
        .containsExactly(5_001L, 5_000L);
    assertThat(amounts(RefundTerms.lessKept(10_000).refunds(tickets), tickets.subList(1, 3)))
        .containsOnly(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAD", "JPY", "KWD", "ISK"})
  void any_order_and_any_split_of_cancellations_adds_up_to_the_share_of_the_total(String currency) {
    Random random = new Random(20_270_301);
    for (int round = 0; round < ROUNDS; round++) {
      List<Ticket> tickets = randomTickets(currency, random);
      int basisPoints = basisPoints(random, round);
      long total = tickets.stream().mapToLong(ticket -> ticket.total().amountMinor()).sum();
      long refunded = cancelInSomeOrder(tickets, () -> new RefundTerms.Share(basisPoints), random);
      assertThat(refunded).isEqualTo(share(total, basisPoints, step(currency)));
      if (basisPoints == 10_000) {
        assertThat(refunded).isEqualTo(total);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAD", "KWD", "ISK"})
  void cancellations_under_several_tiers_never_give_back_more_than_the_best_of_them(
      String currency) {
    Random random = new Random(42);
    for (int round = 0; round < ROUNDS; round++) {
      List<Ticket> tickets = randomTickets(currency, random);
      int best = basisPoints(random, round);
      long total = tickets.stream().mapToLong(ticket -> ticket.total().amountMinor()).sum();
      long refunded =
          cancelInSomeOrder(
              tickets,
              () -> new RefundTerms.Share(best == 0 ? 0 : random.nextInt(best + 1)),
              random);
      assertThat(refunded)
          .isLessThanOrEqualTo(share(total, best, step(currency)) + roundingOf(tickets, currency));
      assertThat(refunded).isLessThanOrEqualTo(total);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAD", "KWD", "ISK"})
  void what_is_kept_and_what_goes_back_are_together_what_the_valid_tickets_cost(String currency) {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      List<Ticket> tickets = randomTickets(currency, random);
      int keep = basisPoints(random, round);
      List<Ticket> left = cancel(tickets, random.nextInt(tickets.size()));
      List<Ticket> valid = left.stream().filter(ticket -> !ticket.cancelled()).toList();
      if (valid.isEmpty()) {
        continue;
      }
      long total = valid.stream().mapToLong(ticket -> ticket.total().amountMinor()).sum();
      Map<UUID, Money> refunds = RefundTerms.lessKept(keep).refunds(left);
      assertThat(refunds).hasSize(valid.size());
      assertThat(total(refunds, valid)).isEqualTo(total - share(total, keep, step(currency)));
      assertPartsArePayable(refunds, valid, step(currency));
    }
  }

  /** Cancels a few tickets at a time until none is left, and answers what went back in all. */
  private static long cancelInSomeOrder(
      List<Ticket> tickets, Supplier<RefundTerms> terms, Random random) {
    List<UUID> order = new ArrayList<>(tickets.stream().map(Ticket::id).toList());
    Collections.shuffle(order, random);
    Set<UUID> cancelled = new HashSet<>();
    long refunded = 0;
    while (!order.isEmpty()) {
      List<Ticket> now =
          tickets.stream()
              .map(ticket ->
                  new Ticket(
                      ticket.id(),
                      ticket.ticketTypeId(),
                      ticket.total(),
                      ticket.returned(),
                      cancelled.contains(ticket.id())
                          ? TicketStatus.CANCELLED
                          : TicketStatus.VALID))
              .toList();
      Map<UUID, Money> refunds = terms.get().refunds(now);
      assertPartsArePayable(refunds, tickets, step(tickets));
      List<UUID> some = order.subList(0, 1 + random.nextInt(order.size()));
      for (UUID id : some) {
        refunded += Objects.requireNonNull(refunds.get(id)).amountMinor();
      }
      cancelled.addAll(some);
      some.clear();
    }
    return refunded;
  }

  private static void assertPartsArePayable(
      Map<UUID, Money> refunds, List<Ticket> tickets, long step) {
    for (Ticket ticket : tickets) {
      Money refund = Objects.requireNonNull(refunds.get(ticket.id()));
      assertThat(refund.amountMinor()).isBetween(0L, ticket.total().amountMinor());
      assertThat(refund.amountMinor() % step).isZero();
    }
  }

  private static List<Ticket> randomTickets(String currency, Random random) {
    int count = 1 + random.nextInt(MAX_TICKETS);
    int[] units = random.ints(count, 0, 1 << (1 + random.nextInt(16))).toArray();
    int step = Math.toIntExact(step(currency));
    return tickets(currency, Arrays.stream(units).map(unit -> unit * step).toArray());
  }

  /** The round shares first, and then any. */
  private static int basisPoints(Random random, int round) {
    int[] favourites = {10_000, 0, 5_000, 2_500, 3_333, 1, 9_999};
    return round < favourites.length * 100
        ? favourites[round % favourites.length]
        : random.nextInt(10_001);
  }

  /** Written down anew, with whole numbers: half up to the step. */
  private static long share(long total, int basisPoints, long step) {
    return (2 * total * basisPoints + 10_000 * step) / (2 * 10_000 * step) * step;
  }

  /** Parts of different shares are rounded each on their own, by less than a step a ticket. */
  private static long roundingOf(List<Ticket> tickets, String currency) {
    return tickets.size() * step(currency);
  }

  private static long refund(String currency, int amountMinor, int basisPoints) {
    List<Ticket> one = tickets(currency, amountMinor);
    return total(new RefundTerms.Share(basisPoints).refunds(one), one);
  }

  private static long total(Map<UUID, Money> refunds, List<Ticket> tickets) {
    return amounts(refunds, tickets).stream().mapToLong(Long::longValue).sum();
  }

  private static List<Long> amounts(Map<UUID, Money> refunds, List<Ticket> tickets) {
    return tickets.stream()
        .map(ticket -> Objects.requireNonNull(refunds.get(ticket.id())).amountMinor())
        .toList();
  }

  private static List<Ticket> tickets(String currency, int... amountsMinor) {
    return Arrays.stream(amountsMinor)
        .mapToObj(amount ->
            new Ticket(
                Ids.next(),
                Ids.next(),
                Money.of(amount, currency),
                Money.of(0, currency),
                TicketStatus.VALID))
        .toList();
  }

  private static List<Ticket> cancel(List<Ticket> tickets, int index) {
    List<Ticket> changed = new ArrayList<>(tickets);
    Ticket ticket = changed.get(index);
    changed.set(
        index,
        new Ticket(
            ticket.id(),
            ticket.ticketTypeId(),
            ticket.total(),
            ticket.returned(),
            TicketStatus.CANCELLED));
    return changed;
  }

  private static long step(String currency) {
    return CurrencyRules.step(Currency.getInstance(currency));
  }

  private static long step(List<Ticket> tickets) {
    return CurrencyRules.step(tickets.getFirst().total().currency());
  }
}
