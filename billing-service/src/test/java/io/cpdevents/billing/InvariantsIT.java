package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.finance.MeasureLedger;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.ledger.Posting;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What is measured from open days, partial indexes and guarded rows is what all rows say. */
class InvariantsIT extends ReconciledDays {

  private static final String ALL_UNMATCHED =
      """
      SELECT count(*) FROM balance_transaction mirrored
      WHERE net_minor <> (
          SELECT coalesce(sum(posting.amount_minor), 0) FROM journal
          JOIN posting ON journal_id = journal.id AND account = 'stripe'
              AND posting.currency = mirrored.currency
          WHERE kind = 'balance-transaction' AND business_id = mirrored.id)
      """;

  private static final String ALL_UNSETTLED =
      """
      SELECT count(*) FROM journal cause
      WHERE kind IN ('payment-captured', 'capture-quarantined') AND recorded_at < :dayAgo
          AND NOT EXISTS (
              SELECT FROM journal settled
              JOIN balance_transaction ON balance_transaction.id = settled.business_id
              JOIN stripe_charge charge ON charge.id = source
              WHERE settled.kind = 'balance-transaction'
                  AND cause.business_id IN (charge.id, charge.payment_id::text))
      """;

  private static final String ALL_OWED_WITHOUT_TASK =
      """
      SELECT count(*) FROM (
          SELECT refund_id FROM journal JOIN posting ON journal_id = journal.id
          WHERE account = 'refunds' AND refund_id IS NOT NULL AND refund_id::text NOT IN (
              SELECT substr(stripe_id, 8) FROM ledger_break
              WHERE kind = 'refund-owed' AND resolved_at IS NULL)
          GROUP BY refund_id HAVING sum(amount_minor) <> 0 AND min(recorded_at) < :dayAgo) owed
      """;

  private static final String ALL_OVER_TRANSFERRED =
      """
      SELECT count(*) FROM (
          SELECT split_part(account, ':', 2), currency
          FROM posting JOIN journal ON journal.id = journal_id
          WHERE account LIKE 'connected:%' AND kind <> 'connected-balance-transaction'
                  AND (kind <> 'break-resolved' OR journal.id IN (
                      SELECT journal_id FROM posting WHERE account = 'suspense'))
              OR account LIKE 'organization:%' AND (
                  kind = 'payment-captured'
                  OR kind = 'break-resolved' AND journal.id IN (
                      SELECT journal_id FROM posting WHERE account = 'suspense'))
          GROUP BY 1, 2 HAVING sum(amount_minor) > 0) wrong
      """;

  /** What stands in suspense less what open breaks ask about, in each currency. */
  private static final String ALL_NOT_ASKED_ABOUT =
      """
      SELECT count(*) FROM (
          SELECT currency, sum(minor) FROM (
              SELECT currency, amount_minor AS minor FROM posting WHERE account = 'suspense'
              UNION ALL
              SELECT found.currency, -(
                  SELECT coalesce(sum(posting.amount_minor), 0) FROM journal
                  JOIN posting ON journal_id = journal.id AND account = 'suspense'
                      AND posting.currency = found.currency
                  LEFT JOIN break_resolution ON break_resolution.journal_id = journal.id
                  LEFT JOIN refund ON refund.id = journal.refund_id
                  WHERE business_id = found.stripe_id OR break_id = found.id
                      OR refund.stripe_charge_id = found.stripe_id)
              FROM ledger_break found WHERE resolved_at IS NULL) parts
          GROUP BY currency HAVING sum(minor) <> 0) wrong
      """;

  private static final String ALL_UNBALANCED =
      """
      SELECT count(*) FROM (
          SELECT currency FROM posting GROUP BY currency HAVING sum(amount_minor) <> 0) wrong
      """;

  private static final String ALL_DRIFTED =
      """
      SELECT count(*) FROM account_balance FULL JOIN (
          SELECT account, currency, sum(amount_minor) AS posted FROM posting
          WHERE account LIKE '%:%' GROUP BY account, currency) folded
          USING (account, currency)
      WHERE amount_minor IS DISTINCT FROM posted
      """;

  private static final String ALL_OVER_REFUNDED =
      """
      SELECT count(*) FROM (
          SELECT payment_id FROM refund
          WHERE status <> 'cancelled' AND stripe_charge_id IS NULL
          GROUP BY payment_id
          HAVING sum(amount_minor) > (
              SELECT captured_minor FROM payment WHERE id = refund.payment_id)) wrong
      """;

  private static final String WRONGLY_SUMMED =
      """
      SELECT count(*) FROM folded_balance kept FULL JOIN (
          SELECT account, currency, sum(amount_minor) AS amount_minor FROM posting
          GROUP BY account, currency) wholly
          USING (account, currency)
      WHERE coalesce(kept.amount_minor, 0) <> coalesce(wholly.amount_minor, 0)
      """;

  private static final int POSTING_THREADS = 8;
  private static final int JOURNALS_OF_EACH = 40;

  @Autowired Ledger ledger;
  @Autowired TransactionTemplate transaction;
  @Autowired OpenBreak openBreak;
  @Autowired MeasureLedger measureLedger;
  @Autowired MeterRegistry metrics;

  @Test
  void the_figures_are_those_of_the_whole_computation() {
    owner
        .sql(
            "UPDATE stripe_charge SET balance_transaction_id = id WHERE balance_transaction_id IS NULL")
        .update();
    assertThat(figures()).isEqualTo(Figures.ZERO).isEqualTo(wholly());

    LocalDate day = today();
    Held honest = earned();
    transfer(honest, 9_000);
    Held refunded = earned();
    UUID paidOut = transfer(refunded, 9_450);
    facts.tell(
        new PayoutSent(
            paidOut,
            refunded.organizationId(),
            cad(9_450),
            "po_" + paidOut,
            "txn_po_" + paidOut,
            clock.instant(),
            clock.instant(),
            null));
    facts.tell(new PayoutPaid(paidOut, refunded.organizationId(), cad(9_450), clock.instant()));
    awaitBalance("in-payout:" + refunded.organizationId(), 0);
    UUID payment = paymentOf(refunded);
    stripe.refundInDashboard(intentOf(payment), 10_000);
    awaitBalance("organization:" + refunded.organizationId(), 9_450);
    letDayPass(day);
    assertThat(figures()).isEqualTo(Figures.ZERO).isEqualTo(wholly());

    Held overpaid = earned();
    transfer(overpaid, 12_000);
    transaction.executeWithoutResult(_ ->
        ledger.post(
            new Journal(
                JournalKind.BREAK_RESOLVED,
                Ids.next().toString(),
                JournalReferences.none(),
                debtWrittenOff(overpaid))));
    Held changed = earned();
    changeStripeBy(1, stripe.settlementOf(intentOf(paymentOf(changed))));
    owner.sql("UPDATE balance_transaction SET mirrored_at = '2020-01-01Z'").update();
    Held generous = earned();
    UUID given = paymentOf(generous);
    stripe.refundInDashboard(intentOf(given), 10_000);
    awaitBalance("organization:" + generous.organizationId(), 0);
    owner
        .sql("UPDATE refund SET amount_minor = amount_minor + 1 WHERE payment_id = :payment")
        .param("payment", given)
        .update();
    stripe.letRefundsNeedBalance();
    Held owed = earned();
    UUID refund = Ids.next();
    facts.tell(refundRequested(owed, paymentOf(owed), refund, 10_000));
    awaitSum("refunds", paymentOf(owed), -10_000);
    connection.hideSettlements();
    Held unsettled = hold("CAD", 10_000);
    UUID waiting = paymentOf(unsettled);
    stripe.pay(openSession(unsettled, waiting));
    awaitStatus(unsettled, waiting, "captured");
    advanceClocks(Duration.ofHours(25));
    owner
        .sql("UPDATE account_balance SET amount_minor = amount_minor - 1 WHERE account = :account")
        .param("account", "organization:" + honest.organizationId())
        .update();
    slipInUnbalanced();

    assertThat(figures()).isEqualTo(new Figures(2, 1, 1, 1, 2, 1, 0)).isEqualTo(wholly());
    transaction.executeWithoutResult(_ ->
        openBreak.handle(
            new OpenBreak.Command(
                BreakKind.REFUND_OWED, "refund:" + refund, null, Money.of(10_000, "CAD"))));
    assertThat(figures()).isEqualTo(new Figures(2, 1, 1, 1, 1, 1, 0)).isEqualTo(wholly());
  }

  @Test
  void money_in_suspense_has_an_open_break_until_it_is_somebodys() {
    LocalDate day = today();
    String explained = stripe.book("adjustment", 700, "cad");
    String forgotten = stripe.book("adjustment", -200, "cad");
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String unwanted = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    stripe.settlementOf(unwanted);
    String charge = stripe.chargeOf(unwanted);
    awaitBreak(charge, "wrong-amount");
    String dispute = stripe.dispute(unwanted);
    awaitBreak(
        stripe.show("disputes/" + dispute).at("/balance_transactions/0/id").asString(),
        "unknown-dispute");
    String returned = stripe.receive(900, "cad", Map.of());
    stripe.settlementOf(returned);
    awaitBreak(stripe.chargeOf(returned), "unknown-payment");
    letDayPass(day);
    followBalance.handle();
    assertThat(figures().notAskedAbout()).isZero().isEqualTo(wholly().notAskedAbout());
    stripe.refundInDashboard(returned, 900);
    followBalance.handle();
    stripe.winDispute(dispute);
    awaitApplied(dispute);
    resolve(explained);
    assertThat(figures().notAskedAbout()).isZero().isEqualTo(wholly().notAskedAbout());

    owner
        .sql(
            "UPDATE ledger_break SET resolved_at = opened_at WHERE stripe_id IN (:forgotten, :charge)")
        .param("forgotten", forgotten)
        .param("charge", charge)
        .update();

    assertThat(figures().notAskedAbout()).isOne().isEqualTo(wholly().notAskedAbout());
  }

  private void resolve(String about) {
    String path = "/api/v1/finance/breaks/" + breakAbout(about);
    post(
            path + "/resolution",
            finance(),
            "{\"account\": \"stripe-fees\", \"reason\": \"By Stripe's report\"}")
        .expect(202);
    approve(path, finance()).expect(200);
  }

  @Test
  void sums_go_on_and_miss_nothing_of_those_who_post_meanwhile() {
    List<Future<Boolean>> posting =
        IntStream.range(0, POSTING_THREADS)
            .mapToObj(_ ->
                atTheSameTime(() -> {
                  for (int i = 0; i < JOURNALS_OF_EACH; i++) {
                    transaction.executeWithoutResult(_ -> {
                      postOne();
                      postOne();
                    });
                  }
                  return true;
                }))
            .toList();
    do {
      measureLedger.handle();
      assertThat(count(WRONGLY_SUMMED)).isZero();
    } while (!posting.stream().allMatch(Future::isDone));

    transaction.executeWithoutResult(_ -> {
      postOne();
      CompletableFuture.runAsync(measureLedger::handle).orTimeout(10, TimeUnit.SECONDS).join();
      postOne();
    });
    assertThat(count(WRONGLY_SUMMED)).isZero();
    measureLedger.handle();
    assertThat(count(WRONGLY_SUMMED)).isZero();
    assertThat(posting).allSatisfy(each -> assertThat(each.get()).isTrue());
  }

  @Test
  void an_account_with_more_lines_than_can_be_told_one_by_one_is_told_by_month_before_them() {
    post(3);
    advanceClocks(Duration.ofDays(40));
    post(100);

    JsonNode kind = explained("").at("/children/0");
    assertThat(kind.path("children")).hasSize(1 + 100);
    assertThat(kind.at("/children/0/amount/amountMinor").asLong()).isEqualTo(-3 * 30);
    assertThat(kind.at("/children/0/kind").asString()).isEqualTo("journals");
    assertThat(
            kind.path("children")
                .valueStream()
                .mapToLong(each -> each.at("/amount/amountMinor").asLong())
                .sum())
        .isEqualTo(kind.at("/amount/amountMinor").asLong())
        .isEqualTo(-103 * 30);

    Instant before = clock.instant().minus(Duration.ofDays(1));
    assertThat(explained("?asOf=" + before).at("/children/0/children")).hasSize(3);
  }

  private void post(int times) {
    transaction.executeWithoutResult(_ -> IntStream.range(0, times).forEach(_ -> postOne()));
  }

  private JsonNode explained(String asOf) {
    return get("/api/v1/finance/explanations/account/platform-fees" + asOf, finance())
        .expect(200)
        .body()
        .at("/data/0");
  }

  private void postOne() {
    ledger.post(
        new Journal(
            JournalKind.PAYMENT_CAPTURED,
            Ids.next().toString(),
            JournalReferences.none(),
            Postings.paymentCaptured(Ids.next(), Money.of(700, "CAD"), Money.of(30, "CAD"))));
  }

  private void slipInUnbalanced() {
    for (String table : List.of("posting", "journal")) {
      owner.sql("ALTER TABLE %s DISABLE TRIGGER %s_balanced".formatted(table, table)).update();
    }
    owner
        .sql(
            """
            WITH slipped AS (
                INSERT INTO journal (id, kind, business_id, occurred_at, recorded_at)
                VALUES (uuidv7(), 'payout-failed', 'slipped-in', :now, :now) RETURNING id)
            INSERT INTO posting SELECT id, 1, 'bank', 'EUR', 5 FROM slipped
            """)
        .param("now", Parameters.instant(clock.instant()))
        .update();
    for (String table : List.of("posting", "journal")) {
      owner.sql("ALTER TABLE %s ENABLE TRIGGER %s_balanced".formatted(table, table)).update();
    }
  }

  private record Figures(
      long unbalanced,
      long drifted,
      long overRefunded,
      long unmatched,
      long unsettled,
      long overTransferred,
      long notAskedAbout) {
    static final Figures ZERO = new Figures(0, 0, 0, 0, 0, 0, 0);
  }

  private Figures figures() {
    measureLedger.handle();
    return new Figures(
        measured("unbalanced"),
        measured("drifted"),
        measured("over-refunded"),
        measured("unmatched"),
        measured("unsettled"),
        measured("over-transferred"),
        measured("not-asked-about"));
  }

  private long measured(String name) {
    return (long) metrics.get("cpd.ledger." + name).gauge().value();
  }

  private Figures wholly() {
    return new Figures(
        count(ALL_UNBALANCED),
        count(ALL_DRIFTED),
        count(ALL_OVER_REFUNDED),
        count(ALL_UNMATCHED),
        count(ALL_UNSETTLED) + count(ALL_OWED_WITHOUT_TASK),
        count(ALL_OVER_TRANSFERRED),
        count(ALL_NOT_ASKED_ABOUT));
  }

  private long count(String sql) {
    Instant dayAgo = clock.instant().minus(Duration.ofDays(1));
    return jdbc.sql(sql.replace(":dayAgo", "'" + dayAgo + "'")).query(Long.class).single();
  }

  private Held earned() {
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    return held;
  }

  private UUID transfer(Held held, long amountMinor) {
    UUID payout = Ids.next();
    MoneyAmount amount = cad(Math.min(amountMinor, 9_450));
    facts.tell(new PayoutRequested(payout, held.organizationId(), amount, clock.instant()));
    awaitBalance("in-payout:" + held.organizationId(), -amount.amountMinor());
    facts.tell(
        new PayoutTransferred(
            payout,
            held.organizationId(),
            amount,
            cad(amountMinor),
            "tr_" + payout,
            "txn_tr_" + payout,
            clock.instant(),
            null));
    awaitBalance("connected:" + held.organizationId(), amountMinor);
    return payout;
  }

  private void awaitBalance(String account, long amountMinor) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql(
                            """
                            SELECT coalesce(sum(amount_minor), 0) FROM account_balance
                            WHERE account = :account
                            """)
                        .param("account", account)
                        .query(Long.class)
                        .single())
                .isEqualTo(amountMinor));
  }

  /** It was not earned. */
  private static List<Posting> debtWrittenOff(Held held) {
    Money debt = Money.of(12_000 - 9_450, "CAD");
    return Stream.concat(
            Postings.leavingDebt(held.organizationId(), debt).stream(),
            Stream.of(new Posting(LedgerAccount.platform(Kind.WRITE_OFFS), debt)))
        .toList();
  }

  private String intentOf(UUID payment) {
    return jdbc.sql("SELECT stripe_payment_intent_id FROM payment WHERE id = :payment")
        .param("payment", payment)
        .query(String.class)
        .single();
  }

  private static MoneyAmount cad(long amountMinor) {
    return new MoneyAmount(amountMinor, "CAD");
  }
}
