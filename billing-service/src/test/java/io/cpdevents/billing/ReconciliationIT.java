package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.reconciliation.FollowBalance;
import io.cpdevents.billing.reconciliation.ReadWholeBalance;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReconciliationIT extends BillingJourney {

  private static final String LIST = "GET /v1/balance_transactions";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern FROM = Pattern.compile("created\\[gte]=([0-9]+)");

  @Autowired FollowBalance followBalance;
  @Autowired ReadWholeBalance readWholeBalance;
  @Autowired MeterRegistry metrics;

  /** The jobs run once at the start, and then not for ten minutes. */
  @BeforeEach
  void the_jobs_have_run() {
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql(
                        """
                        SELECT count(*) FROM scheduled_tasks
                        WHERE task_name IN ('follow-balance', 'read-whole-balance')
                            AND last_success IS NOT NULL AND NOT picked
                        """)
                    .query(Integer.class)
                    .single()
                == 2);
  }

  /** What Stripe books is at once old enough to be followed; and its list is short. */
  @BeforeEach
  void stripe_is_an_hour_behind() {
    stripe.reset();
    stripe.setClock(clock.instant().minus(HOUR));
  }

  @Test
  void whatever_moved_stripes_balance_reaches_the_ledger_without_any_webhook() {
    long before = stripesBalanceByTheLedger("CAD");
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    stripe.refundInDashboard(intent, 4_000);
    String unknown = stripe.receive(900, "cad", Map.of());
    stripe.settlementOf(unknown);
    String taken = stripe.book("adjustment", -200, "cad");

    followBalance.handle();
    followBalance.handle();

    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 4_000);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(openBreaks(stripe.chargeOf(unknown))).containsExactly("unknown-payment");
    assertThat(openBreaks(taken)).containsExactly("unexplained-balance-transaction");
    assertThat(postings("balance-transaction", taken))
        .containsExactly("stripe -200", "suspense 200");
    assertThat(stripesBalanceByTheLedger("CAD") - before).isEqualTo(stripe.balance("cad"));
  }

  @Test
  void a_transfer_that_is_reversed_in_the_dashboard_is_a_break() {
    stripe.book("topup", 5_000, "cad");
    String transfer = stripe.transferInDashboard(stripe.connectAccount(), 4_000, "cad");
    String back = stripe.reverseInDashboard(transfer);

    followBalance.handle();

    assertThat(openBreaks(back)).containsExactly("unexplained-balance-transaction");
    assertThat(postings("balance-transaction", back))
        .containsExactlyInAnyOrder("stripe 4000", "suspense -4000");
  }

  @Test
  void stripes_own_fees_and_the_platforms_bank_need_no_explanation() {
    String fee = stripe.book("stripe_fee", -200, "cad");
    String topUp = stripe.book("topup", 5_000, "cad");
    String payout = stripe.book("payout", -3_000, "cad");

    followBalance.handle();
    followBalance.handle();

    assertThat(postings("balance-transaction", fee))
        .containsExactly("stripe -200", "stripe-fees 200");
    assertThat(postings("balance-transaction", topUp)).containsExactly("stripe 5000", "bank -5000");
    assertThat(postings("balance-transaction", payout))
        .containsExactly("stripe -3000", "bank 3000");
    for (String each : List.of(fee, topUp, payout)) {
      assertThat(openBreaks(each)).isEmpty();
    }
  }

  @Test
  void a_charge_comes_before_its_refund() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    stripe.settlementOf(intent);
    stripe.advanceClock(Duration.ofMinutes(30));
    stripe.refundInDashboard(intent, 4_000);

    followBalance.handle();

    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 4_000);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("suspense", payment)).isZero();
  }

  @Test
  void a_refund_waits_for_a_charge_that_cannot_be_settled() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    String charged = stripe.settlementOf(intent);
    stripe.refundInDashboard(intent, 4_000);
    connection.failNext(
        "GET /v1/payment_intents/" + intent, Failure.SERVER_ERROR, Failure.SERVER_ERROR);

    followBalance.handle();
    assertThat(booked(charged)).isFalse();
    assertThat(sum("suspense", payment)).isZero();

    followBalance.handle();
    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 4_000);
    assertThat(sum("refunds", payment)).isZero();
  }

  @Test
  void a_first_pass_that_is_cut_between_two_pages_loses_nothing() {
    neverFollowed();
    String oldest = fee(20);
    String newest = fee(0);
    connection.limitPages(1);
    connection.failNext("starting_after=" + newest, Failure.RATE_LIMIT);

    followBalance.handle();
    assertThat(followedUntil()).isNull();
    followBalance.handle();

    assertThat(booked(oldest)).isTrue();
    assertThat(booked(newest)).isTrue();
    assertThat(followedUntil()).isEqualTo(clock.instant());
  }

  @Test
  void a_pass_that_was_cut_goes_on_where_it_stopped() {
    neverFollowed();
    List<String> fees = IntStream.range(0, 14).mapToObj(this::fee).toList();
    connection.limitPages(1);
    // Ten pages are too many at once; the first half of all time is empty; then Stripe is away.
    Failure[] twelfth = new Failure[12];
    Arrays.fill(twelfth, Failure.NONE);
    twelfth[11] = Failure.RATE_LIMIT;
    connection.failNext(LIST, twelfth);

    followBalance.handle();
    Instant reached = time("pass_reached");
    assertThat(reached).isNotNull().isAfter(Instant.EPOCH);
    assertThat(followedUntil()).isNull();
    int before = connection.requests(LIST).size();
    followBalance.handle();

    assertThat(listedFrom(before)).isNotEmpty().allMatch(from -> !from.isBefore(reached));
    assertThat(fees).allMatch(this::booked);
    assertThat(followedUntil()).isEqualTo(clock.instant());
    assertThat(time("pass_reached")).isNull();
  }

  @Test
  void what_webhooks_booked_does_not_move_the_mark() {
    neverFollowed();
    String old = fee(10);
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));

    followBalance.handle();

    assertThat(booked(old)).isTrue();
  }

  @Test
  void what_becomes_visible_later_is_found_in_the_overlap() {
    followBalance.handle();
    Instant mark = clock.instant();
    assertThat(followedUntil()).isEqualTo(mark);
    String late = ago(Duration.ofHours(47), () -> stripe.book("stripe_fee", -100, "cad"));
    int before = connection.requests(LIST).size();

    followBalance.handle();

    assertThat(booked(late)).isTrue();
    assertThat(listedFrom(before)).containsOnly(mark.minus(Duration.ofDays(2)));
  }

  @Test
  void one_that_cannot_be_settled_holds_the_mark_and_nobody_else() {
    neverFollowed();
    stripe.loseWebhooks();
    String intent = ago(Duration.ofDays(10), this::receivedAndSettled);
    String poison = stripe.settlementOf(intent);
    Instant poisoned =
        Instant.ofEpochSecond(
            stripe.show("balance_transactions/" + poison).path("created").asLong());
    String next = fee(9);
    connection.failNext("GET /v1/payment_intents/" + intent, Failure.SERVER_ERROR);

    followBalance.handle();
    assertThat(booked(next)).isTrue();
    assertThat(booked(poison)).isFalse();
    assertThat(followedUntil()).isEqualTo(poisoned);
    assertThat(metrics.get("cpd.balance.behind").gauge().value())
        .isEqualTo((double) Duration.between(poisoned, clock.instant()).toSeconds());

    followBalance.handle();
    assertThat(booked(poison)).isTrue();
    assertThat(followedUntil()).isEqualTo(clock.instant());
  }

  @Test
  void a_movement_whose_cause_stripe_does_not_know_is_a_break_at_once() {
    String taken = stripe.book("adjustment", -700, "cad");
    connection.listAs(taken, "refund", "re_that_was_never_made");

    followBalance.handle();

    assertThat(openBreaks(taken)).containsExactly("unexplained-balance-transaction");
    assertThat(postings("balance-transaction", taken))
        .containsExactly("stripe -700", "suspense 700");
    assertThat(followedUntil()).isEqualTo(clock.instant());
  }

  @Test
  void a_payment_through_a_slow_bank_that_has_failed_after_all_names_its_charge() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    stripe.settlementOf(intent);
    String failed = stripe.book("adjustment", -10_000, "cad");
    String charge = stripe.chargeOf(intent);
    connection.listAs(failed, "payment_failure_refund", charge);

    followBalance.handle();

    assertThat(connection.requests("GET /v1/refunds/" + charge)).isEmpty();
    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320);
    assertThat(openBreaks(failed)).containsExactly("unexplained-balance-transaction");
  }

  @Test
  void a_movement_whose_cause_stripe_refuses_for_a_day_is_a_break() {
    String taken = stripe.book("adjustment", -700, "cad");
    String cause = "GET /v1/refunds/re_that_stripe_refuses";
    connection.listAs(taken, "refund", "re_that_stripe_refuses");
    connection.failNext(cause, Failure.REFUSAL);
    followBalance.handle();
    assertThat(booked(taken)).isFalse();
    assertThat(followedUntil()).isNotEqualTo(clock.instant());

    jdbc.sql("UPDATE balance_transaction SET mirrored_at = '2020-01-01Z' WHERE id = :id")
        .param("id", taken)
        .update();
    connection.failNext(cause, Failure.REFUSAL);
    followBalance.handle();

    assertThat(openBreaks(taken)).containsExactly("unexplained-balance-transaction");
    assertThat(followedUntil()).isEqualTo(clock.instant());
  }

  @Test
  void what_appears_long_after_its_time_is_found_by_the_pass_over_everything() {
    followBalance.handle();
    readWholeBalance.handle();
    String late = ago(Duration.ofDays(40), () -> stripe.book("stripe_fee", -100, "cad"));
    followBalance.handle();
    readWholeBalance.handle();
    assertThat(booked(late)).isFalse();

    advanceClocks(Duration.ofDays(1).plusMinutes(1));
    readWholeBalance.handle();

    assertThat(booked(late)).isTrue();
    int before = connection.requests(LIST).size();
    readWholeBalance.handle();
    assertThat(connection.requests(LIST)).hasSize(before);
  }

  @Test
  void a_transaction_of_nothing_is_kept_without_a_journal() {
    String nothing = stripe.book("adjustment", 0, "cad");
    String next = fee(0);

    followBalance.handle();
    followBalance.handle();

    assertThat(booked(nothing)).isTrue();
    assertThat(booked(next)).isTrue();
    assertThat(postings("balance-transaction", nothing)).isEmpty();
    assertThat(openBreaks(nothing)).isEmpty();
    assertThat(followedUntil()).isEqualTo(clock.instant());
  }

  /** Stripe takes a fee so many days and an hour before now. */
  private String fee(int daysAgo) {
    return ago(Duration.ofDays(daysAgo).plus(HOUR), () -> stripe.book("stripe_fee", -100, "cad"));
  }

  private String receivedAndSettled() {
    String intent = stripe.receive(900, "cad", Map.of());
    stripe.settlementOf(intent);
    return intent;
  }

  /** What happened at Stripe that long before now. */
  private String ago(Duration age, Supplier<String> event) {
    stripe.setClock(clock.instant().minus(age));
    String id = event.get();
    stripe.setClock(clock.instant().minus(HOUR));
    return id;
  }

  /** What Stripe has for us, by the ledger. */
  private long stripesBalanceByTheLedger(String currency) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(amount_minor), 0) FROM posting
            WHERE account = 'stripe' AND currency = :currency
            """)
        .param("currency", currency)
        .query(Long.class)
        .single();
  }

  private void neverFollowed() {
    jdbc.sql("DELETE FROM balance_progress").update();
  }

  private boolean booked(String transaction) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM matched_transaction
                WHERE id = :id AND (journal_id IS NOT NULL OR (net_minor = 0 AND fee_minor = 0)))
            """)
        .param("id", transaction)
        .query(Boolean.class)
        .single();
  }

  private @Nullable Instant followedUntil() {
    return time("followed_until");
  }

  private @Nullable Instant time(String column) {
    return jdbc.sql(
            "SELECT %s AS time FROM balance_progress WHERE list = 'platform' AND %s IS NOT NULL"
                .formatted(column, column))
        .query((row, number) -> row.getObject("time", OffsetDateTime.class).toInstant())
        .optional()
        .orElse(null);
  }

  /** From when the requests after the first so many have listed. */
  private List<Instant> listedFrom(int before) {
    List<String> requests = connection.requests(LIST);
    return requests.subList(before, requests.size()).stream()
        .map(FROM::matcher)
        .filter(Matcher::find)
        .map(found -> Instant.ofEpochSecond(Long.parseLong(found.group(1))))
        .toList();
  }
}
