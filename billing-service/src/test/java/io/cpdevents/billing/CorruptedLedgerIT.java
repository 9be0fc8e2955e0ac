package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.finance.MeasureLedger;
import io.cpdevents.billing.reconciliation.ReadWholeBalance;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.Parameters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * What can be wrong between Stripe and the ledger: it is found, has a name, stands on its day, and
 * keeps that open until it is mended.
 */
class CorruptedLedgerIT extends ReconciledDays {

  @Autowired ReadWholeBalance readWholeBalance;
  @Autowired MeasureLedger measureLedger;
  @Autowired MeterRegistry metrics;
  private int copies;

  @Test
  void a_cent_that_was_changed_in_any_account() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    letDayPass(day);
    followBalance.handle();
    change("payment-captured", payment.toString(), "platform-fees", 1);

    assertHeld(day, "payment-captured:" + payment, "journal-changed");
    assertThat(differences("account/platform-fees")).containsExactly(1L);

    change("payment-captured", payment.toString(), "platform-fees", -1);
    assertClosed(day);
    assertThat(differences("account/platform-fees")).isEmpty();
  }

  @Test
  void a_cent_that_was_moved_between_two_accounts_of_the_platform_also_when_its_day_is_closed() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    String transaction = stripe.settlementOf(paid(held, paymentOf(held)));
    String journal = "balance-transaction:" + transaction;
    letDayPass(day);
    followBalance.handle();
    move(transaction, 1);

    assertHeld(day, journal, "journal-changed");

    move(transaction, -1);
    assertClosed(day);
    move(transaction, 1);
    advanceClocks(Duration.ofDays(1));
    await()
        .atMost(EVENTUALLY)
        .until(() -> {
          readWholeBalance.handle();
          return openBreaks(journal).equals(List.of("journal-changed"));
        });
    closeDays.handle();
    assertThat(openBreaks(journal)).containsExactly("journal-changed");
    assertThat(waitsFor(day.plusDays(1))).isEqualTo("breaks");
    move(transaction, -1);
    assertClosed(day.plusDays(1));
  }

  @Test
  void a_removed_journal_that_moves_nothing_at_stripe_and_one_that_somebody_slipped_in() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    String dispute = stripe.dispute(paid(held, paymentOf(held)));
    String change =
        await()
            .atMost(EVENTUALLY)
            .until(
                () ->
                    jdbc.sql(
                            """
                            SELECT business_id FROM journal JOIN dispute ON dispute.id = dispute_id
                            WHERE kind = 'dispute-held' AND stripe_dispute_id = :dispute
                            """)
                        .param("dispute", dispute)
                        .query(String.class)
                        .optional()
                        .orElse(""),
                found -> !found.isEmpty());
    letDayPass(day);
    followBalance.handle();
    Runnable restore = removeFor("dispute-held", change);

    assertHeld(day, "dispute-held:" + change, "journal-changed");

    restore.run();
    Instant then = midnightAfter(day).minusSeconds(60);
    owner
        .sql(
            """
            WITH slipped AS (
                INSERT INTO journal (id, kind, business_id, occurred_at, recorded_at)
                VALUES (uuidv7(), 'payout-failed', 'slipped-in', :then, :then) RETURNING id)
            INSERT INTO posting
            SELECT id, 1, 'bank', 'CAD', 70 FROM slipped
            UNION ALL SELECT id, 2, 'write-offs', 'CAD', -70 FROM slipped
            """)
        .param("then", Parameters.instant(then))
        .update();
    assertHeld(day, "payout-failed:slipped-in", "journal-changed");
    remove("payout-failed", "slipped-in");
    assertClosed(day);
  }

  @Test
  void a_removed_journal_of_a_capture() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String transaction = stripe.settlementOf(paid(held, payment));
    letDayPass(day);
    followBalance.handle();
    Runnable restore = removeFor("payment-captured", payment.toString());

    assertHeld(day, transaction, "cause-not-booked");

    restore.run();
    assertClosed(day);
  }

  @Test
  void a_removed_journal_of_a_refund() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String refund = stripe.refundInDashboard(paid(held, payment), 4_000);
    awaitSum("stripe", payment, 10_000 - 320 - 4_000);
    String obligation =
        jdbc.sql("SELECT id::text FROM refund WHERE payment_id = :payment")
            .param("payment", payment)
            .query(String.class)
            .single();
    letDayPass(day);
    followBalance.handle();
    Runnable restore = removeFor("refund-accepted", obligation);

    assertHeld(day, stripe.bookingOf(refund), "cause-not-booked");

    restore.run();
    assertClosed(day);
  }

  @Test
  void a_removed_journal_of_a_settlement_is_posted_again() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String transaction = stripe.settlementOf(paid(held, payment));
    letDayPass(day);
    followBalance.handle();
    List<String> booked = postings("balance-transaction", transaction);
    remove("balance-transaction", transaction);
    owner.sql("UPDATE balance_transaction SET mirrored_at = '2020-01-01Z'").update();

    closeDays.handle();
    assertThat(openBreaks(transaction)).containsExactly("not-booked");
    assertThat(waitsFor(day)).isEqualTo("breaks");

    assertClosed(day);
    assertThat(postings("balance-transaction", transaction)).isEqualTo(booked);
    assertThat(sum("awaiting-stripe", payment)).isZero();
  }

  @Test
  void a_removed_journal_of_a_closed_day_is_restored_and_none_is_posted_in_its_place() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String charged = stripe.settlementOf(intent);
    String refund = stripe.refundInDashboard(intent, 4_000);
    String refunded = stripe.bookingOf(refund);
    awaitSum("stripe", payment, 10_000 - 320 - 4_000);
    letDayPass(day);
    followBalance.handle();
    assertClosed(day);
    Runnable restoreCharge = removeFor("balance-transaction", charged);
    Runnable restoreRefund = removeFor("balance-transaction", refunded);

    webhook("payment_intent.succeeded", Map.of("id", intent));
    webhook("refund.updated", Map.of("id", refund));
    awaitApplied(intent);
    awaitApplied(refund);
    followBalance.handle();
    verifyClosedDays(day, "closed-day-changed");

    for (String transaction : List.of(charged, refunded)) {
      assertThat(postings("balance-transaction", transaction)).isEmpty();
      assertThat(openBreaks("balance-transaction:" + transaction))
          .containsExactly("journal-changed");
    }
    restoreCharge.run();
    restoreRefund.run();
    verifyClosedDays(day);
    assertClosed(day.plusDays(1));
    assertThat(openBreaks("balance-transaction:" + charged)).isEmpty();
  }

  @Test
  void a_cent_that_stripe_has_and_lists_nowhere_while_traffic_goes_on() {
    followBalance.handle();
    trafficGoesOn();
    assertThat(openBreaks("stripe:CAD")).isEmpty();
    assertThat(differing()).isZero();
    assertThat(
            jdbc.sql("SELECT stripe_minor = ledger_minor FROM stripe_balance")
                .query()
                .singleValue())
        .isEqualTo(true);

    connection.hideInBalance(1);
    trafficGoesOn();
    assertThat(openBreaks("stripe:CAD")).containsExactly("stripe-balance-differs");
    assertThat(differing()).isOne();
    assertThat(
            get("/api/v1/finance/breaks/" + breakAbout("stripe:CAD"), finance())
                .body()
                .at("/amount/amountMinor")
                .asLong())
        .isOne();

    connection.hideInBalance(0);
    trafficGoesOn();
    assertThat(openBreaks("stripe:CAD")).isEmpty();
    assertThat(differing()).isZero();
  }

  /**
   * Forty minutes in which Stripe's balance moves just before and just after each time that it is
   * asked, and nobody hears of it at once; then the hour until everything is listed.
   */
  private void trafficGoesOn() {
    for (int round = 0; round < 8; round++) {
      stripe.book("topup", 9_680 + round, "cad");
      stripe.book("stripe_fee", -4_000, "cad");
      closeDays.handle();
      stripe.book("stripe_fee", -350 - round, "cad");
      advanceClocks(Duration.ofMinutes(5));
      followBalance.handle();
    }
    advanceClocks(Duration.ofMinutes(61));
    followBalance.handle();
    closeDays.handle();
  }

  private double differing() {
    measureLedger.handle();
    return metrics.get("cpd.ledger.differing").gauge().value();
  }

  @Test
  void a_transaction_of_a_closed_day_that_stripe_lists_otherwise() {
    LocalDate day = today();
    String fee = stripe.book("stripe_fee", -200, "cad");
    letDayPass(day);
    followBalance.handle();
    assertClosed(day);

    connection.listAs(fee, "topup", "tu_somebodys");
    letDayPass(day.plusDays(1));
    followBalance.handle();
    assertHeld(day.plusDays(1), day, fee, "listed-otherwise");
    assertThat(lines(day)).contains("," + fee + ",stripe_fee,");

    connection.listAs("nothing", "topup", "tu_somebodys");
    followBalance.handle();
    assertThat(openBreaks(fee)).isEmpty();
    assertClosed(day.plusDays(1));
  }

  @Test
  void a_time_of_a_journal_that_was_changed() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    String transaction = stripe.settlementOf(paid(held, paymentOf(held)));
    letDayPass(day);
    followBalance.handle();
    moveJournal(transaction, "-");

    assertHeld(day, "balance-transaction:" + transaction, "journal-changed");

    moveJournal(transaction, "+");
    assertClosed(day);
  }

  private void moveJournal(String transaction, String sign) {
    owner.sql("ALTER TABLE journal DISABLE TRIGGER USER").update();
    owner
        .sql(
            "UPDATE journal SET occurred_at = occurred_at %s interval '1 month' WHERE business_id = '%s'"
                .formatted(sign, transaction))
        .update();
    owner.sql("ALTER TABLE journal ENABLE TRIGGER USER").update();
  }

  @Test
  void a_total_of_a_closed_day_that_was_changed_though_every_line_is_as_it_was() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    letDayPass(day);
    followBalance.handle();
    assertClosed(day);
    verifyClosedDays(day);

    changeTotal(day, "balance_minor", 1);
    verifyClosedDays(day, "closed-day-changed");
    changeTotal(day, "balance_minor", -1);
    verifyClosedDays(day);
    changeTotal(day, "transactions", 1);
    verifyClosedDays(day, "closed-day-changed");
    changeTotal(day, "transactions", -1);
    verifyClosedDays(day);
  }

  private void changeTotal(LocalDate day, String column, long by) {
    owner.sql("ALTER TABLE reconciliation_total DISABLE TRIGGER USER").update();
    owner
        .sql(
            "UPDATE reconciliation_total SET %s = %s + %d WHERE date = '%s'"
                .formatted(column, column, by, day))
        .update();
    owner.sql("ALTER TABLE reconciliation_total ENABLE TRIGGER USER").update();
  }

  /** What is read again once a day finds this of a closed day, and nothing else of it. */
  private void verifyClosedDays(LocalDate day, String... kinds) {
    advanceClocks(Duration.ofDays(1).plusMinutes(1));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          readWholeBalance.handle();
          assertThat(openBreaks(day.toString())).containsExactly(kinds);
        });
  }

  @Test
  void a_transaction_that_nobody_knows_until_two_people_explain_it() {
    LocalDate day = today();
    String unknown = stripe.book("adjustment", -200, "cad");
    letDayPass(day);
    assertHeld(day, unknown, "unexplained-balance-transaction");
    resolve(unknown, "stripe-fees");
    assertClosed(day);
  }

  @Test
  void money_that_no_payment_wants_and_that_is_found_a_day_later() {
    LocalDate day = today();
    stripe.loseWebhooks();
    String unknown = stripe.receive(900, "cad", Map.of());
    stripe.settlementOf(unknown);
    letDayPass(day);

    assertHeld(day, stripe.chargeOf(unknown), "unknown-payment");

    resolve(stripe.chargeOf(unknown), "platform-fees");
    assertClosed(day);
  }

  @Test
  void a_transaction_that_stripe_lists_twice() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String again = connection.listTwice(stripe.settlementOf(paid(held, payment)));
    letDayPass(day);

    assertHeld(day, again, "unexplained-balance-transaction");

    assertThat(sum("awaiting-stripe", payment)).isZero();
    resolve(again, "write-offs");
    assertClosed(day);
  }

  @Test
  void a_charge_that_stripe_books_in_another_currency() {
    LocalDate day = today();
    connection.settleIn("usd");
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.pay(openSession(held, payment));
    String transaction = stripe.settlementOf(intent);
    awaitBreak(transaction, "balance-transaction-mismatch");
    letDayPass(day);

    assertHeld(day, transaction, "balance-transaction-mismatch");

    JsonNode open = get(DAYS + "/" + day, finance()).expect(200).body();
    assertThat(amount(currency(open, "USD"), "stripe")).isEqualTo(10_000 - 320);
    resolve(transaction, "exchange");
    assertClosed(day);
    assertThat(sum("awaiting-stripe", payment)).isZero();
    assertThat(sum("suspense", payment)).isZero();
    assertThat(sum("exchange", payment)).isZero();
  }

  @Test
  void a_refund_that_stripe_books_in_another_currency() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    connection.settleRefundsIn("usd");
    String refund = stripe.refundInDashboard(intent, 4_000);
    String transaction = stripe.bookingOf(refund);
    awaitBreak(transaction, "balance-transaction-mismatch");
    letDayPass(day);

    assertHeld(day, transaction, "balance-transaction-mismatch");
    assertThat(sum("refunds", payment)).isEqualTo(-4_000);

    resolve(transaction, "exchange");
    assertClosed(day);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("suspense", payment)).isZero();
  }

  @Test
  void a_currency_that_was_changed_in_the_ledger_and_one_in_the_mirror() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    String transaction = stripe.settlementOf(paid(held, paymentOf(held)));
    letDayPass(day);
    followBalance.handle();
    owner.sql("UPDATE balance_transaction SET currency = 'USD'").update();
    closeDays.handle();
    assertThat(openBreaks(transaction)).containsExactly("booked-otherwise");
    followBalance.handle();
    closeDays.handle();
    assertThat(openBreaks(transaction)).isEmpty();
    assertThat(hashOf(day)).isNotEmpty();

    LocalDate next = day.plusDays(1);
    Held other = hold("CAD", 10_000);
    String second = stripe.settlementOf(paid(other, paymentOf(other)));
    letDayPass(next);
    followBalance.handle();
    changeCurrency(second, "CAD", "USD");
    assertHeld(next, second, "booked-otherwise");
    changeCurrency(second, "USD", "CAD");
    assertClosed(next);
  }

  @Test
  void a_refund_in_the_dashboard_belongs_to_its_day() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    String refund = stripe.refundInDashboard(intent, 4_000);
    letDayPass(day);

    assertThat(waitsFor(day)).isEqualTo("stripes-list");
    assertClosed(day);
    assertThat(lines(day)).contains("," + stripe.bookingOf(refund) + ",refund,");
    assertThat(sum("refunds", payment)).isZero();
  }

  @Test
  void a_transfer_of_a_payout_that_is_reversed_in_the_dashboard() {
    LocalDate day = today();
    stripe.book("topup", 5_000, "cad");
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    UUID payout = Ids.next();
    MoneyAmount amount = new MoneyAmount(4_000, "CAD");
    UUID organization = held.organizationId();
    facts.tell(new PayoutRequested(payout, organization, amount, clock.instant()));
    String transfer = stripe.transferInDashboard(stripe.connectAccount(), 4_000, "cad");
    String transferred =
        stripe.show("transfers/" + transfer).path("balance_transaction").asString();
    facts.tell(
        new PayoutTransferred(
            payout, organization, amount, amount, transfer, transferred, clock.instant(), null));
    await().atMost(EVENTUALLY).until(() -> !postings("balance-transaction", transferred).isEmpty());
    String reversed = stripe.reverseInDashboard(transfer);
    facts.tell(
        new PayoutFailed(
            payout,
            organization,
            amount,
            false,
            "reversed",
            "request-again",
            null,
            clock.instant()));
    letDayPass(day);

    assertHeld(day, reversed, "unexplained-balance-transaction");

    resolve(reversed, "connected:" + organization);
    assertClosed(day);
    assertThat(
            jdbc.sql(
                    "SELECT sum(amount_minor) FROM posting WHERE account = 'connected:' || :id::text")
                .param("id", organization)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void money_that_no_payment_wants_holds_its_day_but_not_while_a_bank_decides_about_it() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.receive(9_999, "cad", Map.of("paymentId", payment.toString()));
    stripe.settlementOf(intent);
    String charge = stripe.chargeOf(intent);
    awaitBreak(charge, "wrong-amount");
    String dispute = stripe.dispute(intent);
    String withdrawal =
        stripe.show("disputes/" + dispute).at("/balance_transactions/0/id").asString();
    awaitBreak(withdrawal, "unknown-dispute");
    awaitApplied(dispute);
    letDayPass(day.plusDays(2));

    assertClosed(day);

    assertThat(openBreaks(charge)).containsExactly("wrong-amount");
    assertThat(openBreaks(withdrawal)).containsExactly("unknown-dispute");
    assertThat(overdueBreaks()).isZero();
    stripe.winDispute(dispute);
    await().atMost(EVENTUALLY).until(() -> openBreaks(withdrawal).isEmpty());
    assertThat(overdueBreaks()).isOne();
    LocalDate next = day.plusDays(1);
    assertThat(reconcile(next).path("waitsFor").asString()).isEqualTo("breaks");
    resolve(charge, "bank");
    assertClosed(next);
  }

  private double overdueBreaks() {
    measureLedger.handle();
    return metrics.get("cpd.ledger.breaks.overdue").gauge().value();
  }

  /** It is found on this day, and the day cannot be closed. */
  private void assertHeld(LocalDate day, String about, String kind) {
    assertHeld(day, day, about, kind);
  }

  /** The same of a day that is closed: the open one is held. */
  private void assertHeld(LocalDate held, LocalDate day, String about, String kind) {
    JsonNode open = reconcile(held);
    assertThat(openBreaks(about)).containsExactly(kind);
    assertThat(open.path("status").asString()).isEqualTo("open");
    assertThat(open.path("waitsFor").asString()).isEqualTo("breaks");
    JsonNode found = get("/api/v1/finance/breaks/" + breakAbout(about), finance()).body();
    assertThat(found.path("happenedAt").asString()).startsWith(day + "T");
  }

  private void assertClosed(LocalDate day) {
    JsonNode closed = reconcile(day);
    assertThat(closed.path("status").asString()).as(closed.toString()).isEqualTo("closed");
  }

  /** One person proposes where money in suspense belongs, another approves. */
  private void resolve(String about, String account) {
    String path = "/api/v1/finance/breaks/" + breakAbout(about);
    post(
            path + "/resolution",
            finance(),
            "{\"account\": \"%s\", \"reason\": \"By Stripe's report\"}".formatted(account))
        .expect(202);
    approve(path, finance()).expect(200);
  }

  /** What an explanation tells that it cannot explain. */
  private List<Long> differences(String explained) {
    JsonNode trees = get("/api/v1/finance/explanations/" + explained, finance()).expect(200).body();
    return trees
        .path("data")
        .valueStream()
        .flatMap(CorruptedLedgerIT::all)
        .filter(node -> node.path("kind").asString().equals("difference"))
        .map(node -> node.at("/amount/amountMinor").asLong())
        .toList();
  }

  private static Stream<JsonNode> all(JsonNode node) {
    return Stream.concat(
        Stream.of(node), node.path("children").valueStream().flatMap(CorruptedLedgerIT::all));
  }

  private void change(String kind, String businessId, String account, long amountMinor) {
    changeLedger(
        """
        UPDATE posting SET amount_minor = amount_minor + %d
        WHERE account = '%s' AND journal_id = (
            SELECT id FROM journal WHERE kind = '%s' AND business_id = '%s')
        """
            .formatted(amountMinor, account, kind, businessId));
  }

  /** Stripe's fee gets more, and what was captured less: the journal still balances. */
  private void move(String transaction, long amountMinor) {
    change("balance-transaction", transaction, "stripe-fees", amountMinor);
    change("balance-transaction", transaction, "awaiting-stripe", -amountMinor);
  }

  private void changeCurrency(String transaction, String from, String to) {
    changeLedger(
        """
        UPDATE posting SET currency = '%s'
        WHERE currency = '%s' AND journal_id = (
            SELECT id FROM journal WHERE kind = 'balance-transaction' AND business_id = '%s')
        """
            .formatted(to, from, transaction));
  }

  /** Removes a journal, and answers what restores it from a copy, as from a backup. */
  private Runnable removeFor(String kind, String businessId) {
    String journal =
        "SELECT %%s FROM journal WHERE kind = '%s' AND business_id = '%s'"
            .formatted(kind, businessId);
    String keptJournal = "kept_journal_" + ++copies;
    String keptPosting = "kept_posting_" + copies;
    owner.sql("DROP TABLE IF EXISTS %s, %s".formatted(keptJournal, keptPosting)).update();
    owner.sql("CREATE TABLE %s AS ".formatted(keptJournal) + journal.formatted("*")).update();
    owner
        .sql(
            "CREATE TABLE %s AS SELECT * FROM posting WHERE journal_id = (%s)"
                .formatted(keptPosting, journal.formatted("id")))
        .update();
    remove(kind, businessId);
    return () ->
        owner
            .sql(
                """
                WITH restored AS (INSERT INTO journal SELECT * FROM %s)
                INSERT INTO posting SELECT * FROM %s
                """
                    .formatted(keptJournal, keptPosting))
            .update();
  }
}
