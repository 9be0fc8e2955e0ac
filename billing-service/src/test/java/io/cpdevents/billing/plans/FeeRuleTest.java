package io.cpdevents.billing.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.money.Money;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeeRuleTest {

  private static FeeRule free(String currency, long fixedMinor) {
    return new FeeRule("free", 500, Money.of(fixedMinor, currency));
  }

  @ParameterizedTest
  @CsvSource({
    "CAD, 50, 10000, 1, 550", // 5 % + 0.50
    "CAD, 50, 20000, 2, 1100",
    "CAD, 50, 4990, 1, 300", // 249.5 is rounded up
    "CAD, 50, 4989, 1, 299", // 249.45 is rounded down
    "CAD, 50, 50, 1, 50", // never more than the total
    "CAD, 50, 100, 20, 100",
    "JPY, 50, 1000, 1, 100",
    "KWD, 150, 12340, 1, 770", // 617 + 150 = 767, in steps of 10
  })
  void the_fee_is_a_share_and_a_fixed_amount_for_each_ticket(
      String currency, long fixed, long total, int tickets, long expected) {
    assertThat(free(currency, fixed).feeOf(Money.of(total, currency), tickets))
        .isEqualTo(Money.of(expected, currency));
  }

  @Test
  void the_parts_add_up_and_none_is_more_than_its_ticket() {
    FeeRule rule = free("CAD", 50);
    List<Money> tickets =
        List.of(Money.of(3333, "CAD"), Money.of(0, "CAD"), Money.of(1, "CAD"), Money.of(97, "CAD"));
    Money total = tickets.stream().reduce(Money.of(0, "CAD"), Money::plus);
    Money fee = rule.feeOf(total, 3);
    List<Money> parts = rule.allocate(fee, tickets);
    assertThat(parts.stream().reduce(Money.of(0, "CAD"), Money::plus)).isEqualTo(fee);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i)).isLessThanOrEqualTo(tickets.get(i));
    }
  }
}
