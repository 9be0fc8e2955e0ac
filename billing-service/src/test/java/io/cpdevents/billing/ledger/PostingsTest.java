package io.cpdevents.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostingsTest {

  private static final UUID ORGANIZATION = new UUID(0, 1);

  @Test
  void a_capture_is_owed_to_the_organization_less_the_fee() {
    assertThat(lines(Postings.paymentCaptured(ORGANIZATION, cad(10000), cad(550))))
        .containsExactly(
            "awaiting-stripe 10000",
            "organization:" + ORGANIZATION + " -9450",
            "platform-fees -550");
  }

  @Test
  void a_fee_of_nothing_is_left_out() {
    assertThat(lines(Postings.paymentCaptured(ORGANIZATION, cad(100), cad(0)))).hasSize(2);
  }

  @Test
  void the_balance_transaction_of_a_charge_moves_stripe() {
    assertThat(lines(Postings.chargeSettled(cad(10000), cad(9680), cad(320))))
        .containsExactly("stripe 9680", "stripe-fees 320", "awaiting-stripe -10000");
  }

  @Test
  void what_differs_from_the_charge_goes_to_suspense() {
    assertThat(lines(Postings.chargeSettled(cad(10000), cad(9580), cad(320))))
        .containsExactly(
            "stripe 9580", "stripe-fees 320", "awaiting-stripe -10000", "suspense 100");
  }

  @Test
  void another_currency_goes_to_suspense() {
    assertThat(
            lines(Postings.chargeSettled(cad(10000), Money.of(7000, "USD"), Money.of(300, "USD"))))
        .containsExactly("stripe 7000", "stripe-fees 300", "suspense -7300");
  }

  @Test
  void a_refund_is_borne_by_both_and_leaves_stripe_with_its_balance_transaction() {
    assertThat(lines(Postings.refundAccepted(bearers(9450, 550, 0))))
        .containsExactly(
            "organization:" + ORGANIZATION + " 9450", "platform-fees 550", "refunds -10000");
    assertThat(lines(Postings.refundSettled(cad(10000), cad(-10000), cad(0))))
        .containsExactly("stripe -10000", "refunds 10000");
  }

  @Test
  void a_failed_refund_is_owed_again() {
    assertThat(lines(Postings.refundSettled(cad(-10000), cad(10000), cad(0))))
        .containsExactly("stripe 10000", "refunds -10000");
  }

  @Test
  void a_cancelled_refund_goes_back_to_those_who_bore_it() {
    assertThat(lines(Postings.refundCancelled(bearers(9450, 550, 0))))
        .containsExactly(
            "organization:" + ORGANIZATION + " -9450", "platform-fees -550", "refunds 10000");
  }

  @Test
  void a_refund_of_money_that_was_nobodys_leaves_suspense() {
    assertThat(lines(Postings.refundAccepted(bearers(0, 0, 700))))
        .containsExactly("suspense 700", "refunds -700");
  }

  @Test
  void a_refund_of_which_less_is_owed_gives_the_difference_back() {
    assertThat(lines(Postings.refundAccepted(bearers(5670, 330, 0).minus(bearers(9450, 550, 0)))))
        .containsExactly(
            "organization:" + ORGANIZATION + " -3780", "platform-fees -220", "refunds 4000");
  }

  @Test
  void quarantined_and_unexplained_money_is_in_suspense() {
    assertThat(lines(Postings.captureQuarantined(cad(700))))
        .containsExactly("awaiting-stripe 700", "suspense -700");
    assertThat(lines(Postings.unexplained(cad(-500), cad(0))))
        .containsExactly("stripe -500", "suspense 500");
    assertThat(lines(Postings.refundIdentified(cad(500))))
        .containsExactly("refunds 500", "suspense -500");
  }

  @Test
  void a_journal_that_does_not_sum_to_zero_cannot_be_made() {
    List<Posting> half =
        List.of(
            new Posting(LedgerAccount.platform(LedgerAccount.Kind.STRIPE), cad(1)),
            new Posting(LedgerAccount.platform(LedgerAccount.Kind.SUSPENSE), Money.of(-1, "USD")));
    assertThatThrownBy(() ->
            new Journal(JournalKind.BALANCE_TRANSACTION, "txn_1", JournalReferences.none(), half))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RefundBearers bearers(long organization, long platform, long suspense) {
    return new RefundBearers(ORGANIZATION, cad(organization), cad(platform), cad(suspense));
  }

  private static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }

  private static List<String> lines(List<Posting> postings) {
    return postings.stream()
        .map(posting -> posting.account().name() + " " + posting.amount().amountMinor())
        .toList();
  }
}
