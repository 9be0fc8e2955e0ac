package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.reconciliation.FollowBalance;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReconciliationIT extends BillingJourney {

  private static final String LIST = "GET /v1/balance_transactions";
  private static final Pattern FROM = Pattern.compile("created\\[gte]=([0-9]+)");

  @Autowired FollowBalance followBalance;
  @Autowired MeterRegistry metrics;

  /** The job runs once at the start, and then not for ten minutes. */
  @BeforeEach
  void the_job_has_run() {
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql(
                    """
                    SELECT EXISTS (
                        SELECT FROM scheduled_tasks
                        WHERE task_name = 'follow-balance' AND last_success IS NOT NULL
                            AND NOT picked)
                    """)
                .query(Boolean.class)
                .single());
  }

  @Test
  void whatever_moved_stripes_balance_reaches_the_ledger_without_any_webhook() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment, 320);
    String refunded = stripe.refundInDashboard(intent, 4_000);
    stripe.finish(refunded, "succeeded");
    String unknown = stripe.succeeded(900, "cad", Map.of());
    stripe.settle(unknown, 56);
    String fee = stripe.charge("stripe_fee", -200, "cad");

    followBalance.handle();
    followBalance.handle();

    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 4_000);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(openBreaks(stripe.chargeOf(unknown))).containsExactly("unknown-payment");
    assertThat(openBreaks(fee)).containsExactly("unexplained-balance-transaction");
    assertThat(postings("balance-transaction", fee)).containsExactly("stripe -200", "suspense 200");
  }

  @Test
  void a_charge_comes_before_its_refund() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.pay(openSession(held, payment));
    stripe.settle(intent, 320);
    stripe.createAt(clock.instant().minus(Duration.ofMinutes(30)));
    String refund = stripe.refundInDashboard(intent, 4_000);
    stripe.finish(refund, "succeeded");

    followBalance.handle();

    assertThat(sum("stripe", payment)).isEqualTo(10_000 - 320 - 4_000);
    assertThat(sum("refunds", payment)).isZero();
    assertThat(sum("suspense", payment)).isZero();
  }

  @Test
  void a_refund_waits_for_a_charge_that_cannot_be_settled() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = stripe.pay(openSession(held, payment));
    String charged = stripe.settle(intent, 320);
    String refund = stripe.refundInDashboard(intent, 4_000);
    stripe.finish(refund, "succeeded");
    FakeStripe.Fault broken = FakeStripe.Fault.SERVER_ERROR;
    stripe.plan("GET /v1/payment_intents/" + intent, broken, broken);

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
    stripe.limitPages(1);
    stripe.plan("starting_after=" + newest, FakeStripe.Fault.RATE_LIMIT);

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
    stripe.limitPages(1);
    // Ten pages are too many at once; the first half of all time is empty; then Stripe is away.
    FakeStripe.Fault[] eleventh = new FakeStripe.Fault[12];
    Arrays.fill(eleventh, FakeStripe.Fault.NONE);
    eleventh[11] = FakeStripe.Fault.RATE_LIMIT;
    stripe.plan(LIST, eleventh);

    followBalance.handle();
    Instant reached = time("pass_reached");
    assertThat(reached).isNotNull().isAfter(Instant.EPOCH);
    assertThat(followedUntil()).isNull();
    int before = stripe.requests(LIST).size();
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
    paid(held, paymentOf(held), 320);

    followBalance.handle();

    assertThat(booked(old)).isTrue();
  }

  @Test
  void what_becomes_visible_later_is_found_in_the_overlap() {
    followBalance.handle();
    Instant mark = clock.instant();
    assertThat(followedUntil()).isEqualTo(mark);
    stripe.createAt(mark.minus(Duration.ofHours(47)));
    String late = stripe.charge("stripe_fee", -100, "cad");
    int before = stripe.requests(LIST).size();

    followBalance.handle();

    assertThat(booked(late)).isTrue();
    assertThat(listedFrom(before)).containsOnly(mark.minus(Duration.ofDays(2)));
  }

  @Test
  void one_that_cannot_be_settled_holds_the_mark_and_nobody_else() {
    neverFollowed();
    stripe.createAt(clock.instant().minus(Duration.ofDays(10)));
    String poison = stripe.charge("stripe_fee", -100, "zzz");
    try {
      String next = fee(9);
      followBalance.handle();
      assertThat(booked(next)).isTrue();
      assertThat(booked(poison)).isFalse();
      assertThat(followedUntil()).isEqualTo(clock.instant().minus(Duration.ofDays(10)));
      assertThat(metrics.get("cpd.balance.behind").gauge().value())
          .isEqualTo((double) Duration.ofDays(10).toSeconds());
    } finally {
      stripe.set(poison, "currency", "cad");
    }
    followBalance.handle();
    assertThat(booked(poison)).isTrue();
    assertThat(followedUntil()).isEqualTo(clock.instant());
  }

  @Test
  void a_transaction_of_nothing_is_kept_without_a_journal() {
    String nothing = stripe.charge("adjustment", 0, "cad");
    String next = fee(0);

    followBalance.handle();
    followBalance.handle();

    assertThat(booked(nothing)).isTrue();
    assertThat(booked(next)).isTrue();
    assertThat(postings("balance-transaction", nothing)).isEmpty();
    assertThat(openBreaks(nothing)).isEmpty();
    assertThat(followedUntil()).isEqualTo(clock.instant());
  }

  /** Stripe takes a fee so many days before now, less an hour. */
  private String fee(int daysAgo) {
    stripe.createAt(clock.instant().minus(Duration.ofDays(daysAgo)).minus(Duration.ofHours(1)));
    return stripe.charge("stripe_fee", -100, "cad");
  }

  private void neverFollowed() {
    jdbc.sql("DELETE FROM balance_progress").update();
  }

  private boolean booked(String transaction) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM balance_transaction WHERE id = :id)")
        .param("id", transaction)
        .query(Boolean.class)
        .single();
  }

  private @Nullable Instant followedUntil() {
    return time("followed_until");
  }

  private @Nullable Instant time(String column) {
    return jdbc.sql(
            "SELECT %s AS time FROM balance_progress WHERE %s IS NOT NULL"
                .formatted(column, column))
        .query((row, number) -> row.getObject("time", OffsetDateTime.class).toInstant())
        .optional()
        .orElse(null);
  }

  /** From when the requests after the first so many have listed. */
  private List<Instant> listedFrom(int before) {
    List<String> requests = stripe.requests(LIST);
    return requests.subList(before, requests.size()).stream()
        .map(FROM::matcher)
        .filter(Matcher::find)
        .map(found -> Instant.ofEpochSecond(Long.parseLong(found.group(1))))
        .toList();
  }
}
