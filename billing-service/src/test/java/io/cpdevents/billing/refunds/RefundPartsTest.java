package io.cpdevents.billing.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Refunds of the parts, in any order and any split, give back exactly the total: of the payment and
 * of its fee, of each ticket, and of what is accepted, reduced and called off in between. A seed
 * that fails is printed, and {@code -Dseed=…} runs it alone.
 */
class RefundPartsTest {

  private static final long CASES = 100_000;

  /** Those of the product, and those that Stripe counts in another way. */
  private static final List<String> CURRENCIES =
      List.of("CAD", "USD", "EUR", "GBP", "AUD", "JPY", "KWD", "BHD", "ISK", "UGX", "HUF", "KRW");

  private static final int MAX_TICKETS = 20;
  private static final int MAX_TICKET_STEPS = 30_000;
  private static final int MAX_FEE_BASIS_POINTS = 1_000;
  private static final int MAX_CALLED_OFF = 5;

  @Test
  void the_parts_add_up_to_the_whole_in_every_currency() {
    Long only = Long.getLong("seed");
    LongStream seeds = only == null ? LongStream.range(0, CASES) : LongStream.of(only);
    seeds.forEach(seed -> {
      try {
        new Case(seed).giveBackAll();
      } catch (Throwable failure) {
        throw new AssertionError(
            "seed %d: run it alone with -Dtest=RefundPartsTest -Dseed=%d".formatted(seed, seed),
            failure);
      }
    });
  }

  /** A payment that goes back part by part. */
  private static final class Case {

    private final Random random;
    private final Currency currency;
    private final long step;
    private final RefundablePayment paid;
    private final List<RefundShares> promised = new ArrayList<>();
    private RefundablePayment payment;
    private int calledOff;

    Case(long seed) {
      this.random = new Random(seed);
      this.currency = Currency.getInstance(CURRENCIES.get(Math.floorMod(seed, CURRENCIES.size())));
      this.step = CurrencyRules.step(currency);
      this.paid = RefundScenarios.payment(tickets(), random.nextInt(4) > 0);
      this.payment = paid;
    }

    void giveBackAll() {
      while (payment.left().isPositive()) {
        if (!promised.isEmpty() && calledOff < MAX_CALLED_OFF && random.nextInt(4) == 0) {
          callOff();
        } else {
          promise();
        }
      }
      assertThat(sum(promised.stream().map(RefundShares::amount).toList()))
          .isEqualTo(paid.captured());
      Money fee = paid.feeRefundable() ? sum(fees(paid)) : Money.zero(currency);
      assertThat(sum(promised.stream().map(RefundShares::platformShare).toList())).isEqualTo(fee);
      assertThat(sum(promised.stream().map(RefundShares::organizationShare).toList()))
          .isEqualTo(paid.captured().minus(fee));
      for (PaymentLine line : payment.lines()) {
        assertThat(line.refunded()).isEqualTo(line.total());
        assertThat(line.feeRefunded())
            .isEqualTo(paid.feeRefundable() ? line.fee() : Money.zero(currency));
      }
    }

    /** By amount, by tickets, by a part of one ticket, or all that is left. */
    private void promise() {
      Money left = payment.left();
      RefundShares shares =
          switch (random.nextInt(8)) {
            case 0 -> new WantedRefund(null, null).sharesOf(payment);
            case 1, 2, 3 -> new WantedRefund(partOf(left), null).sharesOf(payment);
            case 4, 5 -> new WantedRefund(null, someTickets()).sharesOf(payment);
            default -> partOfOneTicket();
          };
      assertThat(shares.amount().isPositive()).isTrue();
      assertThat(shares.amount()).isLessThanOrEqualTo(left);
      assertThat(shares.amount().amountMinor() % step).isZero();
      shares
          .tickets()
          .tickets()
          .forEach(share -> {
            assertThat(share.fee().isNegative()).isFalse();
            assertThat(share.fee()).isLessThanOrEqualTo(share.amount());
            assertThat(share.fee().amountMinor() % step).isZero();
          });
      payment = payment.withRefunded(shares.tickets());
      promised.add(shares);
    }

    /** Wholly, or in part because the buyer has the difference in another way. */
    private void callOff() {
      RefundShares shares = promised.remove(random.nextInt(promised.size()));
      RefundSource source = new RefundSource.OfPayment(payment);
      RefundShares kept =
          random.nextBoolean()
              ? source.reduced(shares, RefundCause.REQUESTED, partOf(shares.amount()))
              : RefundShares.ofSuspense(Money.zero(currency));
      payment = payment.withoutRefunded(shares.tickets()).withRefunded(kept.tickets());
      if (!kept.isEmpty()) {
        promised.add(kept);
      }
      calledOff++;
    }

    private Set<UUID> someTickets() {
      List<PaymentLine> left = withSomethingLeft();
      Set<UUID> tickets = new HashSet<>();
      tickets.add(left.get(random.nextInt(left.size())).ticketId());
      left.stream()
          .filter(_ -> random.nextInt(3) == 0)
          .forEach(line -> tickets.add(line.ticketId()));
      return tickets;
    }

    private RefundShares partOfOneTicket() {
      List<PaymentLine> left = withSomethingLeft();
      PaymentLine ticket = left.get(random.nextInt(left.size()));
      return RefundShares.ofTickets(
          payment,
          RefundCause.ATTENDEE_CANCELLED,
          List.of(new AcceptRefund.Line(ticket.ticketId(), partOf(ticket.left()))),
          false);
    }

    private List<PaymentLine> withSomethingLeft() {
      return payment.lines().stream().filter(line -> line.left().isPositive()).toList();
    }

    private Money partOf(Money whole) {
      long steps = whole.amountMinor() / step;
      // Often a few steps only: there the rounding of fees shows.
      long most = random.nextInt(3) == 0 ? Math.min(steps, 3) : steps;
      return new Money((1 + random.nextLong(most)) * step, currency);
    }

    private List<PaymentLine> tickets() {
      List<Money> totals = new ArrayList<>();
      int count = 1 + random.nextInt(random.nextBoolean() ? 3 : MAX_TICKETS);
      int mostSteps = random.nextBoolean() ? 50 : MAX_TICKET_STEPS;
      for (int i = 0; i < count; i++) {
        totals.add(new Money((1 + random.nextInt(mostSteps)) * step, currency));
      }
      return RefundScenarios.tickets(
          new FeeRule(
              "free",
              random.nextInt(MAX_FEE_BASIS_POINTS + 1),
              new Money(random.nextInt(60) * step, currency)),
          totals);
    }

    private static List<Money> fees(RefundablePayment payment) {
      return payment.lines().stream().map(PaymentLine::fee).toList();
    }

    private Money sum(List<Money> parts) {
      return parts.stream().reduce(Money.zero(currency), Money::plus);
    }
  }
}
