package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.reconciliation.FollowConnectedBalances;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.platform.Ids;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ConnectedBalancesIT extends BillingJourney {

  private static final String LIST = "GET /v1/balance_transactions";

  @Autowired FollowConnectedBalances followConnectedBalances;

  @Test
  void an_account_that_we_paid_through_is_followed_and_has_what_the_ledger_says() {
    Paid paid = transferTo(stripe.connectAccount());
    followLater();

    assertThat(mirrored(paid.account())).isEqualTo(4_000);
    assertThat(openBreaks(about(paid))).isEmpty();
    int before = connection.requests(LIST).size();
    followLater();
    assertThat(connection.requests(LIST)).hasSizeGreaterThan(before);
    assertThat(mirrored(paid.account())).isEqualTo(4_000);
  }

  @Test
  void what_moves_an_account_and_nobody_told_is_a_break_until_it_is_told() {
    Paid paid = transferTo(stripe.connectAccount());
    String taken = stripe.bookOn(paid.account(), "stripe_fee", -300, "cad");
    followLater();
    followLater();

    assertThat(openBreaks(taken)).containsExactly("connected-not-matched");
    assertThat(openBreaks(about(paid))).containsExactly("connected-balance-differs");

    stripe.bookOn(paid.account(), "adjustment", 300, "cad");
    followLater();
    assertThat(openBreaks(about(paid))).isEmpty();
  }

  @Test
  void an_account_that_was_disconnected_does_not_keep_the_others_waiting() {
    Paid gone = transferTo(stripe.connectAccount());
    Paid there = transferTo(stripe.connectAccount());
    stripe.disconnect(gone.account());

    followLater();

    assertThat(mirrored(there.account())).isEqualTo(4_000);
    assertThat(openBreaks(about(gone))).isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT stripe_account_id FROM connected_account
                    WHERE disconnected_at IS NOT NULL AND stripe_account_id = :gone
                    """)
                .param("gone", gone.account())
                .query(String.class)
                .list())
        .hasSize(1);
  }

  private record Paid(String account, UUID organization) {}

  private Paid transferTo(String account) {
    stripe.book("topup", 5_000, "cad");
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    UUID payout = Ids.next();
    UUID organization = held.organizationId();
    MoneyAmount amount = new MoneyAmount(4_000, "CAD");
    facts.tell(new PayoutRequested(payout, organization, amount, clock.instant()));
    String transfer = stripe.transferInDashboard(account, 4_000, "cad");
    facts.tell(
        new PayoutTransferred(
            payout,
            organization,
            amount,
            amount,
            transfer,
            stripe.show("transfers/" + transfer).path("balance_transaction").asString(),
            clock.instant(),
            account));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT count(*) FROM connected_account WHERE stripe_account_id = :account")
                    .param("account", account)
                    .query(Integer.class)
                    .single()
                == 1);
    return new Paid(account, organization);
  }

  /** Whatever was read before has not been on the way for long. */
  private void followLater() {
    advanceClocks(Duration.ofHours(1));
    followConnectedBalances.handle();
    jdbc.sql("UPDATE connected_balance SET same_since = '2020-01-01Z'").update();
    jdbc.sql("UPDATE connected_transaction SET mirrored_at = '2020-01-01Z'").update();
    followConnectedBalances.handle();
  }

  private long mirrored(String account) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(net_minor), 0) FROM connected_transaction
            WHERE stripe_account_id = :account
            """)
        .param("account", account)
        .query(Long.class)
        .single();
  }

  private static String about(Paid paid) {
    return "connected:" + paid.organization() + ":CAD";
  }
}
