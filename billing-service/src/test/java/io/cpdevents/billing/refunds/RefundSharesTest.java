package io.cpdevents.billing.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
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
      Money total = sum(lines.stream().map(PaymentLine::total).toList(), currency);
      Money fee = sum(lines.stream().map(PaymentLine::fee).toList(), currency);
      long step = CurrencyRules.step(total.currency());
      Money given = Money.of(0, currency);
      Money borne = Money.of(0, currency);
      while (given.compareTo(total) < 0) {
        long left = total.minus(given).amountMinor() / step;
        Money amount = Money.of((1 + random.nextLong(left)) * step, currency);
        RefundShares shares = RefundShares.of(amount, lines);
        assertThat(sum(shares.lines().stream().map(RefundShares.Line::amount).toList(), currency))
            .isEqualTo(amount);
        borne = borne.plus(shares.platformShare(amount));
        given = given.plus(amount);
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
      Money total = sum(lines.stream().map(PaymentLine::total).toList(), currency);
      Money fee = sum(lines.stream().map(PaymentLine::fee).toList(), currency);
      long step = CurrencyRules.step(total.currency());
      List<RefundShares> promised = new ArrayList<>();
      int calledOff = 0;
      while (refunded(lines, currency).compareTo(total) < 0) {
        if (!promised.isEmpty() && calledOff < MAX_CALLED_OFF && random.nextInt(3) == 0) {
          lines = without(lines, promised.remove(random.nextInt(promised.size())));
          calledOff++;
        } else {
          long left = total.minus(refunded(lines, currency)).amountMinor() / step;
          long most = random.nextBoolean() ? Math.min(left, 10) : left;
          Money amount = Money.of((1 + random.nextLong(most)) * step, currency);
          RefundShares shares = RefundShares.of(amount, lines);
          promised.add(shares);
          lines = after(lines, shares);
        }
      }
      assertThat(sum(lines.stream().map(PaymentLine::feeRefunded).toList(), currency))
          .isEqualTo(fee);
    }
  }

  /** One ticket of 100 steps with a fee of 5: most parts bear nothing, some all. */
  private static List<PaymentLine> few(String currency) {
    Money nothing = Money.of(0, currency);
    long step = CurrencyRules.step(nothing.currency());
    return List.of(
        new PaymentLine(
            Ids.next(),
            "Standard",
            Money.of(100 * step, currency),
            Money.of(5 * step, currency),
            nothing,
            nothing));
  }

  private static Money refunded(List<PaymentLine> lines, String currency) {
    return sum(lines.stream().map(PaymentLine::refunded).toList(), currency);
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
    FeeRule rule = new FeeRule("free", 500, Money.of(5 * step, currency));
    Money total = sum(totals, currency);
    List<Money> fees = rule.allocate(rule.feeOf(total, totals.size()), totals);
    List<PaymentLine> lines = new ArrayList<>();
    Money nothing = Money.of(0, currency);
    for (int i = 0; i < totals.size(); i++) {
      lines.add(
          new PaymentLine(Ids.next(), "Standard", totals.get(i), fees.get(i), nothing, nothing));
    }
    return lines;
  }

  private static List<PaymentLine> after(List<PaymentLine> lines, RefundShares shares) {
    for (RefundShares.Line share : shares.lines()) {
      assertThat(share.fee().isNegative()).isFalse();
      assertThat(share.fee()).isLessThanOrEqualTo(share.amount());
    }
    return changed(lines, shares, Money::plus);
  }

  private static List<PaymentLine> changed(
      List<PaymentLine> lines, RefundShares shares, BinaryOperator<Money> change) {
    return lines.stream()
        .map(line ->
            shares.lines().stream()
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

  private static Money sum(List<Money> parts, String currency) {
    return parts.stream().reduce(Money.of(0, currency), Money::plus);
  }
}
