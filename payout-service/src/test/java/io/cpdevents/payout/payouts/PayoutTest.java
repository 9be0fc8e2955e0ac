package io.cpdevents.payout.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
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
import java.util.List;
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
    Payout routed = requested.reserved().orElseThrow().routed("acct_1", Money.of(0, "CAD"));

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
                NOW,
                "acct_1"));
  }

  @Test
  void what_lies_on_the_account_is_used_first() {
    Payout part = requested.reserved().orElseThrow().routed("acct_1", Money.of(4_000, "CAD"));
    Payout whole = requested.reserved().orElseThrow().routed("acct_1", Money.of(12_000, "CAD"));

    assertThat(part.transfer().amount()).isEqualTo(Money.of(6_000, "CAD"));
    assertThat(whole.liesOnTheAccount()).isTrue();
    assertThat(whole.transferred(null).told()).isEmpty();
    assertThat(whole.transferred(null).payout().status()).isEqualTo(PayoutStatus.TRANSFERRED);
  }

  @Test
  void a_key_at_which_stripe_fails_is_given_up_after_ten_minutes_and_the_next_counts_as_sent() {
    Payout sent =
        requested
            .reserved()
            .orElseThrow()
            .routed("acct_1", Money.of(0, "CAD"))
            .sendingTransfer(NOW);

    assertThat(sent.transferGoesWrong(NOW.plusSeconds(600))).isEqualTo(sent);
    Payout next = sent.transferGoesWrong(NOW.plusSeconds(601));

    assertThat(next.transfer().idempotencyKey()).isEqualTo("transfer:" + sent.id() + ":2");
    assertThat(next.awaitsItsNextStep()).isFalse();
  }

  @Test
  void how_the_money_goes_is_decided_once() {
    Payout routed = requested.reserved().orElseThrow().routed("acct_1", Money.of(4_000, "CAD"));

    assertThat(routed.routed("acct_2", Money.of(0, "CAD"))).isEqualTo(routed);
  }

  @Test
  void an_attempt_that_was_refused_for_now_is_followed_by_one_with_another_key() {
    Payout waiting =
        requested
            .reserved()
            .orElseThrow()
            .routed("acct_1", Money.of(0, "CAD"))
            .sendingTransfer(NOW)
            .waitsForPlatform();

    assertThat(waiting.outcome().waitsFor()).isEqualTo(WaitsFor.PLATFORM_BALANCE);
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
                "change-bank-account",
                "txn_3",
                NOW));
    assertThat(back.payout().outcome().failureReason()).isEqualTo("account_closed");
    assertThat(back.payout().found(bank(BankPayout.Status.PAID, null), NOW).told()).isEmpty();
  }

  @Test
  void of_a_payout_that_stripe_cannot_be_asked_about_people_find_out_whether_it_arrived() {
    Payout unconfirmed =
        transferred().sent(bank(BankPayout.Status.UNDER_WAY, null), NOW).payout().unconfirmed();
    UUID settlement = UUID.randomUUID();

    assertThat(unconfirmed.status()).isEqualTo(PayoutStatus.UNCONFIRMED);
    assertThat(unconfirmed.unconfirmed()).isEqualTo(unconfirmed);
    assertThat(unconfirmed.confirmed(NOW).told()).get().isInstanceOf(PayoutPaid.class);
    Payout paid = unconfirmed.confirmed(NOW).payout();
    assertThat(paid.status()).isEqualTo(PayoutStatus.PAID);
    assertThat(paid.unconfirmed()).isEqualTo(paid);
    assertThat(unconfirmed.notArrived(settlement, NOW).told())
        .contains(
            new PayoutFailed(
                requested.id(),
                requested.organizationId(),
                AMOUNT.toAmount(),
                false,
                "account-disconnected",
                "complete-payout-account",
                "settlement:" + settlement,
                NOW));
  }

  @Test
  void a_payout_that_fails_before_it_was_paid_says_so() {
    Step failed =
        transferred()
            .sent(bank(BankPayout.Status.UNDER_WAY, null), NOW)
            .payout()
            .found(bank(BankPayout.Status.FAILED, "could_not_process"), NOW);

    assertThat(failed.told())
        .map(PayoutFailed.class::cast)
        .hasValueSatisfying(told -> {
          assertThat(told.afterPaid()).isFalse();
          assertThat(told.failureRemedy()).isEqualTo("request-again");
        });
  }

  @Test
  void what_billing_refuses_has_failed_and_stays_so() {
    Step refused = requested.refused(NOW);

    assertThat(refused.payout().status()).isEqualTo(PayoutStatus.FAILED);
    assertThat(refused.payout().outcome().failureReason()).isEqualTo("balance-changed");
    assertThat(refused.told()).get().isInstanceOf(PayoutFailed.class);
    assertThat(refused.payout().reserved()).isEmpty();
    assertThat(refused.payout().refused(NOW).told()).isEmpty();
  }

  @Test
  void a_payout_is_called_off_until_its_next_step_is_sent() {
    Payout reserved = requested.reserved().orElseThrow();
    Payout routed = reserved.routed("acct_1", Money.of(0, "CAD"));

    assertThat(requested.awaitsItsNextStep()).isTrue();
    assertThat(reserved.awaitsItsNextStep()).isTrue();
    assertThat(routed.sendingTransfer(NOW).awaitsItsNextStep()).isFalse();
    assertThat(routed.sendingTransfer(NOW).waitsForPlatform().awaitsItsNextStep()).isTrue();
    assertThat(transferred().awaitsItsNextStep()).isTrue();
    assertThat(transferred().sendingBankPayout(NOW).awaitsItsNextStep()).isFalse();

    Step cancelled = reserved.cancelled(null, NOW);
    assertThat(cancelled.payout().status()).isEqualTo(PayoutStatus.CANCELLED);
    assertThat(cancelled.told())
        .contains(
            new PayoutCancelled(
                requested.id(), requested.organizationId(), AMOUNT.toAmount(), null, NOW));
    assertThat(cancelled.payout().cancelled(null, NOW).told()).isEmpty();
    assertThat(cancelled.payout().reserved()).isEmpty();
  }

  @Test
  void a_transfer_that_is_found_after_the_end_is_told_so_that_the_next_payout_uses_it() {
    Payout routed = requested.reserved().orElseThrow().routed("acct_1", Money.of(0, "CAD"));

    for (Payout ended :
        List.of(
            routed.cancelled(null, NOW).payout(),
            routed.failed("account-not-ready", NOW).payout())) {
      Step late = ended.transferred(TRANSFER);
      assertThat(late.told()).get().isInstanceOf(PayoutTransferred.class);
      assertThat(late.payout().status()).isEqualTo(ended.status());
      assertThat(late.payout().outcome()).isEqualTo(ended.outcome());
      assertThat(late.payout().route().transfer().stripeId()).isEqualTo("tr_1");
      assertThat(ended.transferred(null).payout()).isEqualTo(ended);
    }
  }

  @Test
  void a_payout_is_held_until_it_is_on_its_way_to_the_bank() {
    Payout held = transferred().held("looks odd", NOW);

    assertThat(held.isHeld()).isTrue();
    assertThat(PayoutView.of(held).status()).isEqualTo(PayoutView.Status.HELD);
    assertThat(PayoutView.of(held).holdReason()).isNull();
    assertThat(PayoutView.forFinance(held, List.of()).holdReason()).isEqualTo("looks odd");
    assertThat(PayoutView.of(held.released()).status()).isEqualTo(PayoutView.Status.TRANSFERRED);
    assertThat(held.sendingBankPayout(NOW).isHeld()).isFalse();
    assertThat(requested.isSentToBank()).isFalse();
    assertThat(transferred().sendingBankPayout(NOW).isSentToBank()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "account_closed,CHANGE_BANK_ACCOUNT",
    "no_account,CHANGE_BANK_ACCOUNT",
    "declined,ASK_THE_BANK",
    "account-not-ready,COMPLETE_PAYOUT_ACCOUNT",
    "balance-changed,REQUEST_AGAIN",
    "amount_too_small,WAIT_FOR_MORE",
    "account-changed,REQUEST_AGAIN",
    "a_code_of_tomorrow,CONTACT_SUPPORT"
  })
  void a_failure_says_what_helps(String reason, FailureRemedy remedy) {
    assertThat(FailureRemedy.of(reason)).isEqualTo(remedy);
  }

  @Test
  void nothing_is_skipped() {
    assertThatThrownBy(() -> requested.transferred(TRANSFER)).isInstanceOf(RuleViolation.class);
    assertThatThrownBy(() ->
            requested.reserved().orElseThrow().sent(bank(BankPayout.Status.UNDER_WAY, null), NOW))
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
    return requested
        .reserved()
        .orElseThrow()
        .routed("acct_1", Money.of(0, "CAD"))
        .transferred(TRANSFER)
        .payout();
  }

  private static BankPayout bank(BankPayout.Status status, @Nullable String failureCode) {
    return new BankPayout(
        "po_1", status, "txn_2", failureCode == null ? null : "txn_3", failureCode, NOW);
  }
}
