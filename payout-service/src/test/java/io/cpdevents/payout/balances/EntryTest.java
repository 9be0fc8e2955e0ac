package io.cpdevents.payout.balances;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryTest {

  @ParameterizedTest
  @EnumSource
  void an_entry_counts_on_its_own_account_alone(LedgerAccount account) {
    Entry entry = entry(account, "dispute-held", -4_000);

    assertThat(Arrays.stream(LedgerAccount.values()).mapToLong(entry::amountMinorOn).sum())
        .isEqualTo(-4_000);
    assertThat(entry.amountMinorOn(account)).isEqualTo(-4_000);
  }

  @Test
  void money_that_leaves_a_payout_because_it_was_paid_is_paid_out() {
    assertThat(entry(LedgerAccount.IN_PAYOUT, "payout-paid", -10_000).paidOutMinor())
        .isEqualTo(10_000);
  }

  @Test
  void money_that_leaves_a_payout_for_another_reason_is_not_paid_out() {
    assertThat(entry(LedgerAccount.IN_PAYOUT, "payout-failed", -10_000).paidOutMinor()).isZero();
    assertThat(entry(LedgerAccount.ORGANIZATION, "payout-paid", -10_000).paidOutMinor()).isZero();
  }

  private static Entry entry(LedgerAccount account, String journalKind, long amountMinor) {
    return new Entry(
        UUID.randomUUID(),
        UUID.randomUUID(),
        account,
        UUID.randomUUID(),
        journalKind,
        Money.of(amountMinor, "CAD"),
        Money.of(0, "CAD"),
        new Entry.References(null, null, null, null, null, null),
        Instant.EPOCH);
  }
}
