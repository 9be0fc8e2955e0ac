package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.reconciliation.FollowConnectedBalances;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.platform.Ids;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

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
  void two_people_say_what_has_moved_an_account_and_nobody_told() {
    Paid paid = transferTo(stripe.connectAccount());
    String taken = stripe.bookOn(paid.account(), "stripe_fee", -300, "cad");
    followLater();
    followLater();
    UUID open = breakAbout(taken);
    JsonNode found = get("/api/v1/finance/breaks/" + open, finance()).expect(200).body();
    assertThat(found.path("allowedAccounts").valueStream().map(JsonNode::asString))
        .contains("stripe-fees", "organization:{organizationId}");

    resolve(open, "stripe-fees");

    assertThat(
            jdbc.sql(
                    """
                    SELECT sum(posting.amount_minor) FROM posting
                    JOIN break_resolution USING (journal_id)
                    WHERE break_id = :open AND posting.account = 'connected:' || :organization::text
                    """)
                .param("open", open)
                .param("organization", paid.organization())
                .query(Long.class)
                .single())
        .isEqualTo(-300);
    followLater();
    followLater();
    assertThat(openBreaks(taken)).isEmpty();
    assertThat(openBreaks(about(paid))).isEmpty();
  }

  @Test
  void an_arrival_without_a_transfer_of_its_amount_is_a_break_whatever_its_type() {
    Paid paid = transferTo(stripe.connectAccount());
    advanceClocks(Duration.ofMinutes(1));
    String strangers = stripe.bookOn(paid.account(), "topup", 4_000, "cad");
    connection.listAs(strangers, "payment", "py_of_a_stranger");
    followLater();
    followLater();

    assertThat(openBreaks(strangers)).containsExactly("connected-not-matched");
    UUID open = breakAbout(strangers);
    resolve(open, "organization:" + paid.organization());
    followLater();
    followLater();
    assertThat(openBreaks(strangers)).isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*) FROM ledger_break JOIN connected_transaction
                        ON connected_transaction.id = stripe_id
                    WHERE resolved_at IS NULL AND stripe_account_id = :account
                    """)
                .param("account", paid.account())
                .query(Long.class)
                .single())
        .isZero();
  }

  private void resolve(UUID open, String account) {
    String path = "/api/v1/finance/breaks/" + open;
    post(
            path + "/resolution",
            finance(),
            "{\"account\": \"%s\", \"reason\": \"By Stripe's report\"}".formatted(account))
        .expect(202);
    approve(path, finance()).expect(200);
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

  @Test
  void an_organization_whose_former_account_was_disconnected_is_compared_by_its_other_one() {
    Paid former = transferTo(stripe.connectAccount());
    stripe.disconnect(former.account());
    followLater();
    assertThat(openBreaks(about(former))).isEmpty();

    Paid present = transferTo(stripe.connectAccount(), former.organization());
    followLater();
    assertThat(openBreaks(about(present))).isEmpty();

    String taken = stripe.bookOn(present.account(), "stripe_fee", -300, "cad");
    String lost = tellBankPayout(present);
    followLater();
    followLater();

    assertThat(openBreaks(taken)).containsExactly("connected-not-matched");
    assertThat(openBreaks(lost)).containsExactly("connected-not-matched");
    assertThat(openBreaks(about(present))).containsExactly("connected-balance-differs");
    assertThat(
            jdbc.sql(
                    """
                    SELECT stripe_minor || ' ' || ledger_minor AS both_minor
                    FROM connected_balance WHERE organization_id = :organization
                    """)
                .param("organization", present.organization())
                .query(String.class)
                .single())
        .isEqualTo("3700 3900");
  }

  @Test
  void to_the_key_of_another_platform_no_account_counts_as_disconnected() {
    Paid paid = transferTo(stripe.connectAccount());
    connection.useKeyOfAnotherPlatform();

    followLater();

    assertThat(connection.requests("GET /v1/account")).isNotEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT disconnected_at IS NULL FROM connected_account
                    WHERE stripe_account_id = :account
                    """)
                .param("account", paid.account())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private record Paid(String account, UUID organization, UUID payout) {}

  private Paid transferTo(String account) {
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    return transferTo(account, held.organizationId());
  }

  /** A payout is told of which Stripe knows nothing. Returns its balance transaction. */
  private String tellBankPayout(Paid paid) {
    String transaction = "txn_" + paid.payout();
    facts.tell(
        new PayoutSent(
            paid.payout(),
            paid.organization(),
            new MoneyAmount(100, "CAD"),
            "po_" + paid.payout(),
            transaction,
            clock.instant(),
            clock.instant(),
            paid.account()));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT count(*) FROM journal WHERE business_id = :transaction")
                    .param("transaction", transaction)
                    .query(Integer.class)
                    .single()
                == 1);
    return transaction;
  }

  private Paid transferTo(String account, UUID organization) {
    stripe.book("topup", 5_000, "cad");
    UUID payout = Ids.next();
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
    return new Paid(account, organization, payout);
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
