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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefundSharesTest {

  private static final long SEED = 42;
  private static final int ROUNDS = 500;

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
    return lines.stream()
        .map(line ->
            shares.lines().stream()
                .filter(share -> share.ticketId().equals(line.ticketId()))
                .findFirst()
                .map(share -> {
                  assertThat(share.fee().isNegative()).isFalse();
                  assertThat(share.fee()).isLessThanOrEqualTo(share.amount());
                  return new PaymentLine(
                      line.ticketId(),
                      line.ticketTypeName(),
                      line.total(),
                      line.fee(),
                      line.refunded().plus(share.amount()),
                      line.feeRefunded().plus(share.fee()));
                })
                .orElse(line))
        .toList();
  }

  private static Money sum(List<Money> parts, String currency) {
    return parts.stream().reduce(Money.of(0, currency), Money::plus);
  }
}
