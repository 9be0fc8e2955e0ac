package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.finance.MeasureLedger;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.platform.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * What can be wrong between Stripe and the ledger: it is found, has a name, stands on its day, and
 * keeps that open until it is mended.
 */
class CorruptedLedgerIT extends ReconciledDays {

  @Autowired MeasureLedger measureLedger;
  @Autowired MeterRegistry metrics;

  @Test
  void a_cent_that_was_changed_in_any_account() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    letDayPass(day);
    followBalance.handle();
    change("payment-captured", payment.toString(), "platform-fees", 1);

    assertHeld(day, "payment-captured:" + payment, "journal-unbalanced");

    change("payment-captured", payment.toString(), "platform-fees", -1);
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
    resolve(transaction, "bank");
    assertClosed(day);
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
    JsonNode open = reconcile(day);
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
    api.as(finance()).post(path + "/approval").expect(200);
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
    owner.sql("DROP TABLE IF EXISTS kept_journal, kept_posting").update();
    owner.sql("CREATE TABLE kept_journal AS " + journal.formatted("*")).update();
    owner
        .sql(
            "CREATE TABLE kept_posting AS SELECT * FROM posting WHERE journal_id = (%s)"
                .formatted(journal.formatted("id")))
        .update();
    remove(kind, businessId);
    return () ->
        owner
            .sql(
                """
                WITH restored AS (INSERT INTO journal SELECT * FROM kept_journal)
                INSERT INTO posting SELECT * FROM kept_posting
                """)
            .update();
  }
}
