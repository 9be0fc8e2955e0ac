package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.finance.MeasureLedger;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class LedgerIT extends BillingJourney {

  @Autowired TransactionTemplate transaction;
  @Autowired Ledger ledger;
  @Autowired MeasureLedger measureLedger;
  @Autowired MeterRegistry metrics;
  @Autowired MutableClock clock;

  @Test
  void a_journal_that_does_not_sum_to_zero_is_refused_at_commit() {
    assertThatThrownBy(() -> journal("CAD", 5, "CAD", -4)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> journal("CAD", 5, "USD", -5)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> transaction.executeWithoutResult(status -> head(Ids.next())))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void nothing_in_the_ledger_is_changed_or_removed() {
    UUID id = journal("CAD", 5, "CAD", -5);
    for (String sql :
        new String[] {
          "UPDATE posting SET amount_minor = 1",
          "DELETE FROM posting",
          "TRUNCATE posting",
          "UPDATE journal SET kind = 'x'",
          "DELETE FROM journal",
        }) {
      assertThatThrownBy(() -> jdbc.sql(sql).update()).isInstanceOf(DataAccessException.class);
    }
    assertThatThrownBy(() ->
            transaction.executeWithoutResult(status -> {
              line(id, 2, "CAD", 1);
            }))
        .isInstanceOf(RuntimeException.class);
    assertThat(postings("left-money-settled", id.toString())).hasSize(2);
  }

  @Test
  void finance_exports_the_lines_of_a_time_as_csv() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    Instant from = clock.instant();
    String intent = paid(held, payment);
    Instant to = clock.instant().plusSeconds(1);
    String path = "/api/v1/finance/export?from=%s&to=%s";
    String csv = get(path.formatted(from, to), finance()).expect(200).plain();
    assertThat(csv)
        .startsWith(
            "journalId,kind,businessId,recordedAt,paymentId,refundId,account,currency,amountMinor,"
                + "line,occurredAt,counterparts,organizationId,disputeId,payoutId,stripeIds\n")
        .contains(",payment-captured,%s,".formatted(payment))
        .contains(",%s,,organization:%s,CAD,-9450,".formatted(payment, held.organizationId()))
        .contains(",%s,,platform-fees,CAD,-550,".formatted(payment))
        .contains(
            ",awaiting-stripe,%s,,,%s %s\n"
                .formatted(held.organizationId(), intent, stripe.chargeOf(intent)))
        .contains(
            ",stripe stripe-fees,%s,,,%s %s %s\n"
                .formatted(
                    held.organizationId(),
                    stripe.settlementOf(intent),
                    stripe.chargeOf(intent),
                    intent));
    assertThat(
            get(path.formatted(from.minusSeconds(60), to), finance()).expect(200).plain().lines())
        .as("what was read before is the same when it is read again")
        .containsAll(csv.lines().toList());
    assertThat(get(path.formatted(from.minusSeconds(60), from), finance()).expect(200).plain())
        .doesNotContain(payment.toString());
    assertThat(get(path.formatted(to, from), finance()).expect(400).fieldErrors())
        .containsExactly("to: not-after-from");
    assertThat(
            get(path.formatted("1960-01-01T00:00:00Z", "1960-02-01T00:00:00Z"), finance())
                .expect(400)
                .fieldErrors())
        .containsExactly("from: out-of-range", "to: out-of-range");
    assertThat(
            get(path.formatted(from.minus(Duration.ofDays(367)), to), finance())
                .expect(400)
                .fieldErrors())
        .containsExactly("to: too-far");
    assertThat(get("/api/v1/finance/export?to=soon", finance()).expect(400).fieldErrors())
        .containsExactly("from: required", "to: wrong-type");
    get(path.formatted(from, to), TestTokens.bearer(held.accountId())).refused(403, "role-missing");
    api.as(finance())
        .with("Accept", "application/json")
        .get(path.formatted(from, to))
        .refused(406, "not-acceptable");
  }

  @Test
  void the_accounts_of_a_time_and_the_trial_balance_of_a_month_add_up() {
    clock.advance(Duration.ofSeconds(1));
    Instant before = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    String account = "organization:" + held.organizationId();
    assertThat(get("/api/v1/finance/accounts?asOf=" + before, finance()).expect(200).plain())
        .doesNotContain(account);
    assertThat(
            get("/api/v1/finance/accounts?asOf=" + clock.instant(), finance()).expect(200).plain())
        .contains(account);
    assertThat(
            get("/api/v1/finance/accounts?asOf=1960-01-01T00:00:00Z", finance())
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("asOf: out-of-range");
    assertThat(
            get("/api/v1/finance/accounts?asOf=1960-01-01T00:00:00Z&at=now", finance())
                .refused(400, "unknown-field")
                .fieldErrors())
        .containsExactly("asOf: out-of-range", "at: unknown-field");

    String month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
    JsonNode trial = get("/api/v1/finance/trial-balances/" + month, finance()).expect(200).body();
    assertThat(trial.path("month").asString()).isEqualTo(month);
    assertThat(trial.path("closed").asBoolean()).isFalse();
    for (String figure : List.of("opening", "closing")) {
      assertThat(sumOf(trial, figure)).as(figure).isZero();
    }
    assertThat(sumOf(trial, "debits")).isPositive().isEqualTo(sumOf(trial, "credits"));
    assertThat(trial.path("accounts"))
        .allSatisfy(line ->
            assertThat(amount(line, "closing"))
                .isEqualTo(
                    amount(line, "opening") + amount(line, "debits") - amount(line, "credits")));
    for (String unusual : List.of("2027-13", "9999-12")) {
      assertThat(
              get("/api/v1/finance/trial-balances/" + unusual, finance())
                  .refused(400, "invalid-request")
                  .fieldErrors())
          .containsExactly("month: wrong-format");
    }
    get("/api/v1/finance/trial-balances/" + month, TestTokens.bearer(Ids.next()))
        .refused(403, "role-missing");
  }

  private static long sumOf(JsonNode trial, String figure) {
    return trial
        .path("accounts")
        .valueStream()
        .filter(line -> line.at("/closing/currency").asString().equals("CAD"))
        .mapToLong(line -> amount(line, figure))
        .sum();
  }

  private static long amount(JsonNode line, String figure) {
    return line.path(figure).path("amountMinor").asLong();
  }

  @Test
  void guarded_rows_are_compared_with_their_postings_both_ways() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String account = "organization:" + held.organizationId();
    assertThat(drifted()).isZero();

    long balance =
        jdbc.sql("DELETE FROM account_balance WHERE account = :account RETURNING amount_minor")
            .param("account", account)
            .query(Long.class)
            .single();
    assertThat(drifted()).isEqualTo(1);
    keep(account, balance - 1);
    assertThat(drifted()).isEqualTo(1);
    jdbc.sql("DELETE FROM account_balance WHERE account = :account")
        .param("account", account)
        .update();
    keep(account, balance);
    assertThat(drifted()).isZero();
  }

  @Test
  void a_transaction_that_has_posted_keeps_nobody_from_posting_for_the_same_organization() {
    UUID organization = Ids.next();
    transaction.executeWithoutResult(_ -> {
      post(organization, 700);
      post(organization, 20);
      // Waited for: a row that the first one held would hold this one up for ever.
      CompletableFuture.runAsync(() -> transaction.executeWithoutResult(_ -> post(organization, 3)))
          .orTimeout(10, TimeUnit.SECONDS)
          .join();
    });
    assertThat(balance(organization)).isEqualTo(-723);
    assertThat(drifted()).isZero();
  }

  @Test
  void an_organizations_entry_is_told_also_when_it_is_about_no_payment() {
    UUID organization = Ids.next();
    transaction.executeWithoutResult(_ ->
        ledger.post(
            new Journal(
                JournalKind.PAYMENT_CAPTURED,
                Ids.next().toString(),
                JournalReferences.none(),
                Postings.paymentCaptured(organization, Money.of(700, "CAD"), Money.of(0, "CAD")))));
    OrganizationEntryPosted entry =
        events.await(
            OrganizationEntryPosted.class, event -> event.organizationId().equals(organization));
    assertThat(entry.paymentId()).isNull();
    assertThat(entry.amount().amountMinor()).isEqualTo(700);
  }

  @Test
  void an_instance_that_has_not_measured_lately_says_nothing() {
    assertThat(drifted()).isZero();
    clock.advance(Duration.ofMinutes(11));
    assertThat(metrics.get("cpd.ledger.drifted").gauge().value()).isNaN();
    assertThat(drifted()).isZero();
  }

  @Test
  void what_is_rolled_back_moves_no_balance() {
    UUID organization = Ids.next();
    transaction.executeWithoutResult(_ -> post(organization, 5));
    transaction.executeWithoutResult(status -> {
      post(organization, 700);
      status.setRollbackOnly();
    });
    assertThat(balance(organization)).isEqualTo(-5);
    assertThat(drifted()).isZero();
  }

  private void post(UUID organization, long amountMinor) {
    Money received = Money.of(amountMinor, "CAD");
    UUID payment = Ids.next();
    assertThat(
            ledger.post(
                new Journal(
                    JournalKind.PAYMENT_CAPTURED,
                    payment.toString(),
                    JournalReferences.ofPayment(payment),
                    Postings.paymentCaptured(organization, received, Money.of(0, "CAD")))))
        .isPresent();
  }

  private long balance(UUID organization) {
    return jdbc.sql("SELECT amount_minor FROM account_balance WHERE account = :account")
        .param("account", "organization:" + organization)
        .query(Long.class)
        .single();
  }

  private double drifted() {
    measureLedger.handle();
    return metrics.get("cpd.ledger.drifted").gauge().value();
  }

  private void keep(String account, long amountMinor) {
    jdbc.sql("INSERT INTO account_balance VALUES (:account, 'CAD', :amount)")
        .param("account", account)
        .param("amount", amountMinor)
        .update();
  }

  private UUID journal(String firstCurrency, long first, String secondCurrency, long second) {
    UUID id = Ids.next();
    transaction.executeWithoutResult(status -> {
      head(id);
      line(id, 0, firstCurrency, first);
      line(id, 1, secondCurrency, second);
    });
    return id;
  }

  private void head(UUID id) {
    jdbc.sql(
            """
            INSERT INTO journal (id, kind, business_id, occurred_at, recorded_at)
            VALUES (:id, 'left-money-settled', :businessId, '2020-01-01T00:00Z', '2020-01-01T00:00Z')
            """)
        .param("id", id)
        .param("businessId", id.toString())
        .update();
  }

  private void line(UUID id, int position, String currency, long amountMinor) {
    jdbc.sql("INSERT INTO posting VALUES (:id, :position, 'suspense', :currency, :amount)")
        .param("id", id)
        .param("position", position)
        .param("currency", currency)
        .param("amount", amountMinor)
        .update();
  }
}
