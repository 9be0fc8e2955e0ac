package io.cpdevents.platform.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import java.util.Arrays;
import java.util.Currency;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

  private static final long SEED = 20_261_122L;

  @Test
  void amounts_of_different_currencies_do_not_mix() {
    Money dollars = Money.of(100, "CAD");
    assertThatThrownBy(() -> dollars.plus(Money.of(1, "USD")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Money.of(Long.MAX_VALUE, "CAD").plus(dollars))
        .isInstanceOf(ArithmeticException.class);
    assertThat(dollars.minus(Money.of(150, "CAD"))).isEqualTo(Money.of(-50, "CAD"));
  }

  @ParameterizedTest
  @CsvSource({
    "1000,500,50",
    "1010,500,51",
    "1009,500,50",
    "1,5000,1",
    "0,500,0",
    "99999999,10000,99999999"
  })
  void a_share_is_rounded_half_up(long amountMinor, int basisPoints, long share) {
    assertThat(BasisPoints.of(amountMinor, basisPoints)).isEqualTo(share);
  }

  @Test
  void the_largest_remainders_get_what_cannot_be_split() {
    assertThat(Allocation.allocate(100, new long[] {1, 1, 1}, 1)).containsExactly(34, 33, 33);
    assertThat(Allocation.allocate(5, new long[] {3, 7}, 1)).containsExactly(2, 3);
    assertThat(Allocation.allocate(100, new long[] {0, 0}, 1)).containsExactly(50, 50);
    assertThat(Allocation.allocate(100, new long[] {1, 1, 1}, 10)).containsExactly(40, 30, 30);
  }

  @Test
  void parts_always_add_up_whatever_the_weights() {
    Random random = new Random(SEED);
    for (int round = 0; round < 5_000; round++) {
      long step = random.nextBoolean() ? 1 : 10;
      long total = random.nextLong(CurrencyRules.MAX_CHARGE_MINOR) / step * step;
      long[] weights = random.longs(1 + random.nextInt(20), 0, 1_000_000).toArray();
      long[] parts = Allocation.allocate(total, weights, step);
      assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
      assertThat(Arrays.stream(parts)).allMatch(part -> part >= 0 && part % step == 0);
      long weightSum = Math.max(1, Arrays.stream(weights).sum());
      for (int i = 0; i < parts.length; i++) {
        double exact = (double) total * weights[i] / weightSum;
        assertThat(Math.abs(parts[i] - exact)).isLessThanOrEqualTo((double) step);
      }
    }
  }

  @Test
  void what_cannot_be_allocated_is_refused() {
    assertThatThrownBy(() -> Allocation.allocate(1, new long[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Allocation.allocate(5, new long[] {1}, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Allocation.allocate(5, new long[] {-1}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"CAD,2,1", "JPY,0,1", "KWD,3,10", "ISK,2,100", "UGX,2,100", "HUF,2,1"})
  void digits_and_steps_follow_stripe(String code, int digits, long step) {
    Currency currency = Currency.getInstance(code);
    assertThat(CurrencyRules.digits(currency)).isEqualTo(digits);
    assertThat(CurrencyRules.step(currency)).isEqualTo(step);
    assertThat(CurrencyRules.minimumCharge(currency).amountMinor()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"KWD,5124", "ISK,150", "CAD,-1", "CAD,100000000"})
  void a_price_that_cannot_be_charged_exactly_is_refused(String code, long amountMinor) {
    assertThatThrownBy(() -> CurrencyRules.requirePayable(Money.of(amountMinor, code)))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("amount-not-payable"));
  }
}
