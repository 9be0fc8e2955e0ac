package io.cpdevents.billing.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefundSharesTest {

  private static final long SEED = 42;
  private static final int ROUNDS = 500;
  private static final int MAX_CALLED_OFF = 20;

  @ParameterizedTest
  @ValueSource(strings = {"CAD", "JPY", "KWD"})
  void any_split_in_any_order_gives_back_exactly_the_total_and_the_fee(String currency) {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      List<PaymentLine> lines = lines(currency, random);
      Money fee = sum(lines.stream().map(PaymentLine::fee).toList(), currency);
      Money borne = Money.of(0, currency);
      while (RefundScenarios.payment(lines, true).refundable().isPositive()) {
        RefundablePayment payment = RefundScenarios.payment(lines, true);
        RefundShares shares =
            random.nextBoolean() ? amount(payment, random) : tickets(payment, random);
        borne = borne.plus(shares.platformShare());
        lines = after(lines, shares);
      }
      assertThat(borne).isEqualTo(fee);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAD", "JPY", "KWD"})
  void it_stays_so_when_refunds_are_called_off_in_between(String currency) {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      List<PaymentLine> lines = random.nextBoolean() ? lines(currency, random) : few(currency);
      Money fee = sum(lines.stream().map(PaymentLine::fee).toList(), currency);
      List<RefundShares> promised = new ArrayList<>();
      int calledOff = 0;
      while (RefundScenarios.payment(lines, true).refundable().isPositive()) {
        if (!promised.isEmpty() && calledOff < MAX_CALLED_OFF && random.nextInt(3) == 0) {
          lines = without(lines, promised.remove(random.nextInt(promised.size())));
          calledOff++;
        } else {
          RefundablePayment payment = RefundScenarios.payment(lines, true);
          RefundShares shares =
              random.nextBoolean() ? amount(payment, random) : tickets(payment, random);
          promised.add(shares);
          lines = after(lines, shares);
        }
      }
      assertThat(sum(lines.stream().map(PaymentLine::feeRefunded).toList(), currency))
          .isEqualTo(fee);
    }
  }

  @Test
  void a_refund_by_tickets_takes_from_exactly_these() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000, 2_500);
    RefundShares shares =
        RefundShares.ofTickets(
            payment,
            RefundCause.ATTENDEE_CANCELLED,
            List.of(line(payment, 0, 10_000), line(payment, 2, 1_250)),
            false);
    // The fee is 5 % and 0.50 for each ticket: 1,025, of which 586 and 146 are of these tickets.
    assertThat(shares.tickets())
        .containsExactly(share(payment, 0, 10_000, 586), share(payment, 2, 1_250, 73));
    assertThat(shares.amount()).isEqualTo(cad(11_250));
    assertThat(shares.platformShare()).isEqualTo(cad(659));
    assertThat(shares.organizationShare()).isEqualTo(cad(10_591));
  }

  @Test
  void lines_of_the_same_ticket_add_up() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000);
    RefundShares shares =
        RefundShares.ofTickets(
            payment,
            RefundCause.REQUESTED,
            List.of(line(payment, 0, 4_000), line(payment, 0, 6_000)),
            false);
    assertThat(shares.amount()).isEqualTo(cad(10_000));
  }

  @Test
  void a_ticket_gives_back_no_more_than_is_left_of_it() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000);
    List<AcceptRefund.Line> tooMuch = List.of(line(payment, 1, 5_001));
    assertThatThrownBy(() -> RefundShares.ofTickets(payment, RefundCause.REQUESTED, tooMuch, false))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("exceeds-refundable"));
    assertThat(RefundShares.ofTickets(payment, RefundCause.REQUESTED, tooMuch, true).amount())
        .isEqualTo(cad(5_000));
  }

  @Test
  void a_capped_refund_of_a_ticket_that_was_refunded_is_none() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000);
    RefundShares first =
        RefundShares.ofTickets(
            payment, RefundCause.REQUESTED, List.of(line(payment, 1, 5_000)), false);
    RefundablePayment afterwards = RefundScenarios.payment(after(payment.lines(), first), true);
    assertThat(
            RefundShares.ofTickets(
                    afterwards, RefundCause.REQUESTED, List.of(line(payment, 1, 5_000)), true)
                .isEmpty())
        .isTrue();
    assertThat(RefundShares.ofAllLeft(afterwards, RefundCause.REQUESTED).amount())
        .isEqualTo(cad(10_000));
  }

  @Test
  void a_ticket_of_another_payment_is_a_defect_of_whoever_asks() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000);
    List<AcceptRefund.Line> strange = List.of(new AcceptRefund.Line(Ids.next(), cad(1)));
    assertThatThrownBy(() -> RefundShares.ofTickets(payment, RefundCause.REQUESTED, strange, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_amount_that_its_currency_cannot_pay_is_refused() {
    RefundablePayment payment =
        RefundScenarios.payment(List.of(RefundScenarios.ticket("KWD", 10_000, 500)), true);
    List<AcceptRefund.Line> lines =
        List.of(new AcceptRefund.Line(payment.lines().getFirst().ticketId(), Money.of(5, "KWD")));
    assertThatThrownBy(() -> RefundShares.ofTickets(payment, RefundCause.REQUESTED, lines, false))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("amount-not-payable"));
  }

  @Test
  void more_than_is_left_of_all_is_refused() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000);
    for (long amount : new long[] {0, -1, 15_001}) {
      assertThatThrownBy(
              () -> RefundShares.ofAmount(payment, RefundCause.MADE_AT_STRIPE, cad(amount)))
          .isInstanceOfSatisfying(
              RuleViolation.class,
              refusal -> assertThat(refusal.code()).isEqualTo("exceeds-refundable"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RefundCause.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PAYMENT_TOO_LATE", "PAID_TWICE"})
  void the_organization_bears_all_when_the_platform_keeps_its_fee(RefundCause cause) {
    RefundablePayment payment = RefundScenarios.payment(false, 10_000, 5_000);
    RefundShares all = RefundShares.ofAllLeft(payment, cause);
    assertThat(all.amount()).isEqualTo(cad(15_000));
    assertThat(all.organizationShare()).isEqualTo(cad(15_000));
    assertThat(all.platformShare()).isEqualTo(cad(0));
    RefundShares byTicket =
        RefundShares.ofTickets(payment, cause, List.of(line(payment, 1, 5_000)), false);
    assertThat(byTicket.organizationShare()).isEqualTo(cad(5_000));
    RefundShares byAmount = RefundShares.ofAmount(payment, cause, cad(7_000));
    assertThat(byAmount.organizationShare()).isEqualTo(cad(7_000));
  }

  @ParameterizedTest
  @EnumSource(
      value = RefundCause.class,
      names = {"PAYMENT_TOO_LATE", "PAID_TWICE"})
  void money_that_earned_nobody_anything_goes_back_with_the_fee_whatever_the_policy(
      RefundCause cause) {
    RefundablePayment payment = RefundScenarios.payment(false, 10_000, 5_000);
    RefundShares all = RefundShares.ofAllLeft(payment, cause);
    // The fee is 5 % and 0.50 for each ticket.
    assertThat(all.platformShare()).isEqualTo(cad(850));
    assertThat(all.organizationShare()).isEqualTo(cad(14_150));
  }

  @Test
  void a_fee_that_was_kept_before_goes_back_with_what_is_left_when_nobody_earns_anything() {
    RefundablePayment payment = RefundScenarios.payment(false, 10_000);
    RefundShares kept = RefundShares.ofAmount(payment, RefundCause.MADE_AT_STRIPE, cad(4_000));
    assertThat(kept.platformShare()).isEqualTo(cad(0));
    RefundablePayment afterwards = RefundScenarios.payment(after(payment.lines(), kept), false);
    RefundShares rest = RefundShares.ofAllLeft(afterwards, RefundCause.PAYMENT_TOO_LATE);
    assertThat(rest.platformShare()).isEqualTo(cad(550));
    assertThat(kept.organizationShare().plus(rest.organizationShare())).isEqualTo(cad(9_450));
  }

  private static RefundShares amount(RefundablePayment payment, Random random) {
    Money left = payment.refundable();
    long step = CurrencyRules.step(left.currency());
    long steps = left.amountMinor() / step;
    long most = random.nextBoolean() ? Math.min(steps, 10) : steps;
    Money amount = new Money((1 + random.nextLong(most)) * step, left.currency());
    RefundShares shares = RefundShares.ofAmount(payment, RefundCause.REQUESTED, amount);
    assertThat(shares.amount()).isEqualTo(amount);
    return shares;
  }

  private static RefundShares tickets(RefundablePayment payment, Random random) {
    List<PaymentLine> withSomethingLeft =
        payment.lines().stream().filter(line -> line.left().isPositive()).toList();
    PaymentLine ticket = withSomethingLeft.get(random.nextInt(withSomethingLeft.size()));
    long step = CurrencyRules.step(ticket.left().currency());
    Money amount =
        new Money(
            (1 + random.nextLong(ticket.left().amountMinor() / step)) * step,
            ticket.left().currency());
    RefundShares shares =
        RefundShares.ofTickets(
            payment,
            RefundCause.REQUESTED,
            List.of(new AcceptRefund.Line(ticket.ticketId(), amount)),
            false);
    assertThat(shares.tickets())
        .extracting(TicketShare::ticketId)
        .containsExactly(ticket.ticketId());
    assertThat(shares.amount()).isEqualTo(amount);
    return shares;
  }

  /** One ticket of 100 steps with a fee of 5: most parts bear nothing, some all. */
  private static List<PaymentLine> few(String currency) {
    long step = CurrencyRules.step(Money.of(0, currency).currency());
    return List.of(RefundScenarios.ticket(currency, 100 * step, 5 * step));
  }

  private static List<PaymentLine> without(List<PaymentLine> lines, RefundShares calledOff) {
    return changed(lines, calledOff, Money::minus);
  }

  private static List<PaymentLine> lines(String currency, Random random) {
    long step = CurrencyRules.step(Money.of(0, currency).currency());
    List<Money> totals = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      totals.add(Money.of((1 + random.nextLong(9_999)) * step, currency));
    }
    return RefundScenarios.tickets(new FeeRule("free", 500, Money.of(5 * step, currency)), totals);
  }

  private static List<PaymentLine> after(List<PaymentLine> lines, RefundShares shares) {
    for (TicketShare share : shares.tickets()) {
      assertThat(share.fee().isNegative()).isFalse();
      assertThat(share.fee()).isLessThanOrEqualTo(share.amount());
    }
    return changed(lines, shares, Money::plus);
  }

  private static List<PaymentLine> changed(
      List<PaymentLine> lines, RefundShares shares, BinaryOperator<Money> change) {
    return lines.stream()
        .map(line ->
            shares.tickets().stream()
                .filter(share -> share.ticketId().equals(line.ticketId()))
                .findFirst()
                .map(share ->
                    new PaymentLine(
                        line.ticketId(),
                        line.ticketTypeName(),
                        line.total(),
                        line.fee(),
                        change.apply(line.refunded(), share.amount()),
                        change.apply(line.feeRefunded(), share.fee())))
                .orElse(line))
        .toList();
  }

  private static AcceptRefund.Line line(RefundablePayment payment, int ticket, long amountMinor) {
    return new AcceptRefund.Line(payment.lines().get(ticket).ticketId(), cad(amountMinor));
  }

  private static TicketShare share(
      RefundablePayment payment, int ticket, long amountMinor, long feeMinor) {
    return new TicketShare(payment.lines().get(ticket).ticketId(), cad(amountMinor), cad(feeMinor));
  }

  private static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }

  private static Money sum(List<Money> parts, String currency) {
    return parts.stream().reduce(Money.of(0, currency), Money::plus);
  }
}
