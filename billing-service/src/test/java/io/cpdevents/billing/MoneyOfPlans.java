package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertionsProvider.ThrowingRunnable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What must be true of the money of all plans when nothing is under way. */
final class MoneyOfPlans implements ThrowingRunnable {

  private static final String CURRENCY = "cad";

  private final JdbcClient jdbc;
  private final long balance;
  private final StripeBooks stripe;

  MoneyOfPlans(PlanSimulationIT play, StripeBooks stripe) {
    this.jdbc = play.jdbc;
    this.balance = play.stripe.balance(CURRENCY);
    this.stripe = stripe;
  }

  @Override
  public void run() {
    eachMovementIsBookedOnce();
    eachPaymentIsPostedOnce();
    theBooksAreStripesBalance();
    onlyDisputesWaitForPeople();
    assertThat(count("SELECT count(*) FROM stripe_event WHERE status = 'parked'"))
        .as("events that could not be applied")
        .isZero();
  }

  private void eachMovementIsBookedOnce() {
    Map<String, Long> moved =
        stripe.balanceTransactions().stream()
            .filter(each -> each.path("net").asLong() != 0)
            .collect(Collectors.toMap(MoneyOfPlans::id, each -> each.path("net").asLong()));
    assertThat(booked("balance-transaction", "stripe"))
        .as("balance transactions of Stripe and their journals")
        .containsExactlyInAnyOrderEntriesOf(moved);
  }

  private void eachPaymentIsPostedOnce() {
    Map<String, Long> paid =
        stripe.paidCharges().stream()
            .collect(Collectors.toMap(MoneyOfPlans::id, each -> -each.path("amount").asLong()));
    assertThat(booked("invoice-paid", "subscriptions"))
        .as("payments of invoices and their journals")
        .containsExactlyInAnyOrderEntriesOf(paid);
    long charged = -paid.values().stream().mapToLong(Long::longValue).sum();
    long givenBack =
        stripe.refunds().stream()
            .filter(refund -> refund.path("status").asString().equals("succeeded"))
            .mapToLong(refund -> refund.path("amount").asLong())
            .sum();
    assertThat(balanceOf("subscriptions")).as("income of plans").isEqualTo(givenBack - charged);
  }

  private void theBooksAreStripesBalance() {
    assertThat(balanceOf("stripe")).as("Stripe's balance").isEqualTo(balance);
    assertThat(balanceOf("stripe-fees"))
        .as("Stripe's fees")
        .isEqualTo(
            stripe.balanceTransactions().stream()
                .mapToLong(each -> each.path("fee").asLong())
                .sum());
    assertThat(balanceOf("awaiting-stripe")).as("awaited of Stripe").isZero();
    assertThat(balanceOf("suspense"))
        .as("money that nobody has decided about: what banks have taken")
        .isEqualTo(-disputed().mapToLong(each -> each.path("amount").asLong()).sum());
    assertThat(count("SELECT count(DISTINCT currency) FROM posting")).isLessThanOrEqualTo(1);
  }

  /** What a bank takes of a plan's payment, or gives back, is a break, and nothing else is. */
  private void onlyDisputesWaitForPeople() {
    List<String> breaks =
        jdbc.sql("SELECT kind || ' ' || stripe_id FROM ledger_break WHERE resolved_at IS NULL")
            .query((row, _) -> row.getString(1))
            .list();
    assertThat(breaks)
        .as("breaks")
        .containsExactlyInAnyOrderElementsOf(
            disputed().map(each -> "unknown-dispute " + id(each)).toList());
  }

  private Stream<JsonNode> disputed() {
    return stripe.disputes().values().stream()
        .flatMap(List::stream)
        .flatMap(dispute -> dispute.path("balance_transactions").valueStream());
  }

  /** What the journals of a kind have moved on an account, by what they are about. */
  private Map<String, Long> booked(String kind, String account) {
    return jdbc
        .sql(
            """
            SELECT business_id, sum(amount_minor) AS amount
            FROM journal JOIN posting ON posting.journal_id = journal.id
            WHERE kind = :kind AND account = :account GROUP BY business_id
            """)
        .param("kind", kind)
        .param("account", account)
        .query((row, _) -> Map.entry(row.getString("business_id"), row.getLong("amount")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String id(JsonNode object) {
    return object.path("id").asString();
  }

  private long balanceOf(String account) {
    return count(
        "SELECT coalesce(sum(amount_minor), 0) FROM posting WHERE account = '" + account + "'");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
