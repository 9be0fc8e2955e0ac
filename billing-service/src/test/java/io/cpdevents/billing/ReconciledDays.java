package io.cpdevents.billing;

import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.reconciliation.CloseDay;
import io.cpdevents.billing.reconciliation.CloseDays;
import io.cpdevents.billing.reconciliation.FollowBalance;
import io.cpdevents.platform.test.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * The steps that tests of days have in common. They have a database of their own: every break that
 * another test leaves would keep days open.
 */
@TestPropertySource(properties = "cpd.test.database=closed-days")
class ReconciledDays extends BillingJourney {

  static final String DAYS = "/api/v1/finance/reconciliations";

  private static final Duration LISTING_TIME = Duration.ofHours(1);
  private static final Executor AT_ONCE = task -> Thread.ofVirtual().start(task);

  @Autowired FollowBalance followBalance;
  @Autowired CloseDays closeDays;
  @Autowired CloseDay closeDay;

  JdbcClient owner;
  private DriverManagerDataSource ownersDatabase;

  /** Nothing has happened at Stripe or in the ledger, and the jobs do not run for minutes. */
  @BeforeEach
  void nothing_has_happened(
      @Value("${spring.datasource.url}") String url,
      @Value("${spring.flyway.user}") String user,
      @Value("${spring.flyway.password}") String password) {
    ownersDatabase = new DriverManagerDataSource(url, user, password);
    owner = JdbcClient.create(ownersDatabase);
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql(
                        """
                        SELECT count(*) FROM scheduled_tasks
                        WHERE task_name IN ('follow-balance', 'read-whole-balance', 'close-days')
                            AND last_success IS NOT NULL AND NOT picked
                        """)
                    .query(Integer.class)
                    .single()
                == 3);
    stripe.reset();
    List<String> ledger =
        List.of(
            "posting",
            "journal",
            "journal_seal",
            "balance_transaction",
            "reconciliation_total",
            "reconciliation_day");
    ledger.forEach(table -> owner.sql("ALTER TABLE " + table + " DISABLE TRIGGER USER").update());
    // A measurement of the ledger that is under way reads the same tables in another order.
    await()
        .atMost(EVENTUALLY)
        .ignoreException(PessimisticLockingFailureException.class)
        .until(() -> {
          empty(ledger);
          return true;
        });
    owner.sql("UPDATE ledger_sum_progress SET summed_until = '0'").update();
    ledger.forEach(table -> owner.sql("ALTER TABLE " + table + " ENABLE TRIGGER USER").update());
    Instant noon = midnightAfter(today()).plus(Duration.ofHours(12));
    advanceClocks(Duration.between(clock.instant(), noon));
  }

  private void empty(List<String> ledger) {
    owner
        .sql(
            "TRUNCATE break_resolution, ledger_break, account_balance, balance_progress, stripe_answer,"
                + " stripe_balance, ledger_sum, "
                + String.join(", ", ledger))
        .update();
  }

  static <T> Future<T> atTheSameTime(Supplier<T> action) {
    return CompletableFuture.supplyAsync(action, AT_ONCE);
  }

  Stop stop(String operations, String table) throws SQLException {
    return new Stop(ownersDatabase, operations, table);
  }

  Answer tryToReconcile(LocalDate date) {
    return post(DAYS, finance(), "{\"date\": \"%s\"}".formatted(date));
  }

  JsonNode reconcile(LocalDate date) {
    return tryToReconcile(date).expect(200).body();
  }

  String waitsFor(LocalDate date) {
    return get(DAYS + "/" + date, finance()).expect(200).text("waitsFor");
  }

  String lines(LocalDate date) {
    Answer answer = api.as(finance()).with("Accept", "text/csv").get(DAYS + "/" + date + "/lines");
    return answer.expect(200).plain();
  }

  String hashOf(LocalDate date) {
    return get(DAYS + "/" + date, finance()).expect(200).text("hash");
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  static Instant midnightAfter(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Until Stripe has listed all of it. */
  void letDayPass(LocalDate day) {
    Instant over = midnightAfter(day).plus(LISTING_TIME).plusSeconds(60);
    advanceClocks(Duration.between(clock.instant(), over));
  }

  static JsonNode currency(JsonNode day, String currency) {
    return day.path("currencies")
        .valueStream()
        .filter(each -> each.path("currency").asString().equals(currency))
        .findFirst()
        .orElseThrow();
  }

  static long amount(JsonNode currency, String field) {
    return currency.path(field).path("amountMinor").asLong();
  }

  void changeStripeBy(long amountMinor, String transaction) {
    changeLedger(
        """
        UPDATE posting SET amount_minor = amount_minor + %d
        WHERE account = 'stripe' AND journal_id = (
            SELECT id FROM journal WHERE kind = 'balance-transaction' AND business_id = '%s')
        """
            .formatted(amountMinor, transaction));
  }

  /** What nobody can do but the owner of the database, who has switched the trigger off. */
  void changeLedger(String sql) {
    owner.sql("ALTER TABLE posting DISABLE TRIGGER posting_only_added").update();
    owner.sql(sql).update();
    owner.sql("ALTER TABLE posting ENABLE TRIGGER posting_only_added").update();
  }

  void remove(String kind, String businessId) {
    for (String table : List.of("posting", "journal")) {
      owner.sql("ALTER TABLE %s DISABLE TRIGGER %s_only_added".formatted(table, table)).update();
      owner
          .sql(
              "DELETE FROM %s WHERE %s IN (SELECT id FROM journal WHERE kind = :kind AND business_id = :id)"
                  .formatted(table, table.equals("journal") ? "id" : "journal_id"))
          .param("kind", kind)
          .param("id", businessId)
          .update();
      owner.sql("ALTER TABLE %s ENABLE TRIGGER %s_only_added".formatted(table, table)).update();
    }
  }
}
