package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.sandbox.balance.BalanceTransactions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTransactionsTest {
  @ParameterizedTest
  @CsvSource({"50, 31", "100, 33", "12550, 394", "500, 45", "1500, 74", "99999999, 2900030"})
  void the_fee_is_rounded_half_up(long amount, long fee) {
    assertThat(BalanceTransactions.feeOf(amount)).isEqualTo(fee);
  }
}
