package io.cpdevents.payout.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.payout.payouts.Payout.Step;
import io.cpdevents.payout.stripe.ConnectedMoney.BankPayout;
import io.cpdevents.payout.stripe.ConnectedMoney.Transfer;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Money AMOUNT = Money.of(10_000, "CAD");
  private static final Transfer TRANSFER = new Transfer("tr_1", "txn_1", NOW);

  private final Payout requested =
      Payout.requested(UUID.randomUUID(), UUID.randomUUID(), AMOUNT, NOW);

  @Test
  void the_diagram_is_the_table() {
    HouseDocs.assertDiagram(PayoutStatus.TRANSITIONS.name(), PayoutStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void all_is_transferred_when_nothing_lies_on_the_account() {
    Payout routed = requested.reserved().routed("acct_1", Money.of(0, "CAD"));

    assertThat(routed.transfer().amount()).isEqualTo(AMOUNT);
    assertThat(routed.transfer().idempotencyKey()).isEqualTo("transfer:" + routed.id() + ":1");
    assertThat(routed.liesOnTheAccount()).isFalse();
    assertThat(routed.transferred(TRANSFER).told())
        .contains(
            new PayoutTransferred(
                routed.id(),
                routed.organizationId(),
                AMOUNT.toAmount(),
                AMOUNT.toAmount(),
                "tr_1",
                "txn_1",
                NOW));
  }

  @Test
  void what_lies_on_the_account_is_used_first() {
    Payout part = requested.reserved().routed("acct_1", Money.of(4_000, "CAD"));
    Payout whole = requested.reserved().routed("acct_1", Money.of(12_000, "CAD"));

    assertThat(part.transfer().amount()).isEqualTo(Money.of(6_000, "CAD"));
    assertThat(whole.liesOnTheAccount()).isTrue();
    assertThat(whole.transferred(null).told()).isEmpty();
    assertThat(whole.transferred(null).payout().status()).isEqualTo(PayoutStatus.TRANSFERRED);
  }

  @Test
  void how_the_money_goes_is_decided_once() {
    Payout routed = requested.reserved().routed("acct_1", Money.of(4_000, "CAD"));

    assertThat(routed.routed("acct_2", Money.of(0, "CAD"))).isEqualTo(routed);
  }

  @Test
  void an_attempt_that_was_refused_for_now_is_followed_by_one_with_another_key() {
    Payout waiting =
        requested
            .reserved()
            .routed("acct_1", Money.of(0, "CAD"))
            .sendingTransfer(NOW)
            .waitsForPlatform();

    assertThat(waiting.outcome().waitsFor()).isEqualTo("platform-balance");
    assertThat(waiting.transfer().idempotencyKey()).endsWith(":2");
    assertThat(waiting.route().transfer().sentAt()).isNull();
    assertThat(waiting.transferred(TRANSFER).payout().outcome().waitsFor()).isNull();
  }

  @Test
  void a_payout_is_told_from_the_account_to_the_bank_and_back() {
    Payout transferred = transferred();

    Step sent = transferred.sent(bank(BankPayout.Status.UNDER_WAY, null), NOW);
    assertThat(sent.told()).get().isInstanceOf(PayoutSent.class);
    assertThat(sent.payout().found(bank(BankPayout.Status.UNDER_WAY, null), NOW).told()).isEmpty();

    Step paid = sent.payout().found(bank(BankPayout.Status.PAID, null), NOW);
    assertThat(paid.told())
        .contains(
            new PayoutPaid(requested.id(), requested.organizationId(), AMOUNT.toAmount(), NOW));
    assertThat(paid.payout().found(bank(BankPayout.Status.PAID, null), NOW).told()).isEmpty();

    Step back = paid.payout().found(bank(BankPayout.Status.FAILED, "account_closed"), NOW);
    assertThat(back.told())
        .contains(
            new PayoutFailed(
                requested.id(),
                requested.organizationId(),
                AMOUNT.toAmount(),
                true,
                "account_closed",
                "txn_3",
                NOW));
    assertThat(back.payout().outcome().failureReason()).isEqualTo("account_closed");
    assertThat(back.payout().found(bank(BankPayout.Status.PAID, null), NOW).told()).isEmpty();
  }

  @Test
  void a_payout_that_fails_before_it_was_paid_says_so() {
    Step failed =
        transferred()
            .sent(bank(BankPayout.Status.UNDER_WAY, null), NOW)
            .payout()
            .found(bank(BankPayout.Status.CANCELED, null), NOW);

    assertThat(failed.told())
        .map(PayoutFailed.class::cast)
        .hasValueSatisfying(told -> {
          assertThat(told.afterPaid()).isFalse();
          assertThat(told.failureReason()).isEqualTo("canceled-at-stripe");
        });
  }

  @Test
  void what_billing_refuses_moves_nothing_and_tells_nothing() {
    Payout refused = requested.refused();

    assertThat(refused.status()).isEqualTo(PayoutStatus.FAILED);
    assertThat(refused.outcome().failureReason()).isEqualTo("balance-changed");
    assertThat(refused.reserved()).isEqualTo(refused);
  }

  @Test
  void nothing_is_skipped() {
    assertThatThrownBy(() -> requested.transferred(TRANSFER)).isInstanceOf(RuleViolation.class);
    assertThatThrownBy(
            () -> requested.reserved().sent(bank(BankPayout.Status.UNDER_WAY, null), NOW))
        .isInstanceOf(RuleViolation.class);
  }

  @ParameterizedTest
  @CsvSource({
    "12345,CAD,12345",
    "12345,HUF,12300",
    "199,TWD,100",
    "99,ISK,0",
    "12345,JPY,12345",
    "12345,KWD,12340",
    "-5,CAD,-5"
  })
  void some_currencies_are_paid_out_in_round_amounts(long minor, String currency, long payable) {
    assertThat(CurrencyRules.payablePart(Money.of(minor, currency)))
        .isEqualTo(Money.of(payable, currency));
  }

  private Payout transferred() {
    return requested.reserved().routed("acct_1", Money.of(0, "CAD")).transferred(TRANSFER).payout();
  }

  private static BankPayout bank(BankPayout.Status status, @Nullable String failureCode) {
    return new BankPayout(
        "po_1", status, "txn_2", failureCode == null ? null : "txn_3", failureCode, NOW);
  }
}
