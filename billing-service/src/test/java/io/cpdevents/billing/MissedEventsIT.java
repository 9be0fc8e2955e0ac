package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.webhooks.ListMissedEvents;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MissedEventsIT extends BillingJourney {

  private static final String LIST = "GET /v1/events?";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern FROM = Pattern.compile("created\\[gte]=([0-9]+)");

  @Autowired ListMissedEvents listMissedEvents;
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
                        WHERE task_name = 'list-missed-events' AND last_success IS NOT NULL
                            AND NOT picked)
                    """)
                .query(Boolean.class)
                .single());
  }

  /** What happens at Stripe is at once old enough to be listed; and its list is short. */
  @BeforeEach
  void stripe_is_an_hour_behind() {
    stripe.reset();
    stripe.setClock(clock.instant().minus(HOUR));
    neverListed();
  }

  @Test
  void payments_and_refunds_of_days_without_webhooks_are_settled() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    Held refundedLater = hold("CAD", 5_000);
    UUID other = paymentOf(refundedLater);
    String intent = paid(refundedLater, other);
    stripe.loseWebhooks();
    double before = missed();
    stripe.settlementOf(stripe.pay(openSession(held, payment)));
    String refund = stripe.refundInDashboard(intent, 2_000);
    assertThat(statusOf(held, payment)).isEqualTo("awaiting-payment");

    listMissedEvents.handle();

    awaitStatus(held, payment, "captured");
    events.await(PaymentCaptured.class, event -> payment.equals(event.paymentId()));
    awaitSum("awaiting-stripe", payment, 0);
    awaitApplied(refund);
    assertThat(sum("stripe", other)).isEqualTo(5_000 - 175 - 2_000);
    assertThat(missed()).isGreaterThan(before);
  }

  @Test
  void the_same_list_again_changes_nothing() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    awaitApplied(intent);
    stripe.loseWebhooks();
    stripe.refundInDashboard(intent, 4_000);

    listMissedEvents.handle();
    double afterwards = missed();
    neverListed();
    listMissedEvents.handle();

    assertThat(missed()).isEqualTo(afterwards);
    awaitSum("stripe", payment, 10_000 - 320 - 4_000);
    assertThat(postings("payment-captured", payment.toString())).hasSize(3);
    assertThat(count("refund", "payment_id", payment)).isEqualTo(1);
  }

  @Test
  void what_the_endpoints_are_not_subscribed_to_is_not_kept() {
    stripe.loseWebhooks();
    String intent = stripe.receive(900, "cad", Map.of());

    listMissedEvents.handle();

    assertThat(typesAbout(intent)).contains("payment_intent.succeeded");
    assertThat(
            jdbc.sql("SELECT count(*) FROM stripe_event WHERE type = 'payment_intent.created'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_pass_that_was_cut_goes_on_where_it_stopped() {
    stripe.loseWebhooks();
    String first = stripe.receive(700, "cad", Map.of());
    String second = stripe.receive(800, "cad", Map.of());
    connection.limitPages(1);
    connection.failNext(LIST, Failure.NONE, Failure.NONE, Failure.RATE_LIMIT);

    listMissedEvents.handle();
    String reached = text("pass_after");
    assertThat(reached).isNotNull();
    assertThat(keptUntil()).isNull();
    int before = connection.requests(LIST).size();
    listMissedEvents.handle();

    assertThat(connection.requests(LIST).get(before)).contains("starting_after=" + reached);
    assertThat(typesAbout(first)).contains("payment_intent.succeeded");
    assertThat(typesAbout(second)).contains("payment_intent.succeeded");
    assertThat(text("pass_after")).isNull();
    assertThat(keptUntil()).isEqualTo(clock.instant().minus(Duration.ofMinutes(2)));
  }

  @Test
  void a_pass_whose_place_stripe_has_forgotten_begins_anew() {
    jdbc.sql(
            """
            INSERT INTO stripe_event_progress (pass_from, pass_until, pass_after)
            VALUES ('2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z', 'evt_forgotten')
            """)
        .update();
    stripe.loseWebhooks();
    String intent = stripe.receive(700, "cad", Map.of());

    listMissedEvents.handle();
    assertThat(typesAbout(intent)).isEmpty();
    listMissedEvents.handle();

    assertThat(typesAbout(intent)).contains("payment_intent.succeeded");
  }

  @Test
  void the_first_pass_reads_thirty_days_and_the_next_what_is_new() {
    listMissedEvents.handle();
    Instant kept = clock.instant().minus(Duration.ofMinutes(2));
    assertThat(keptUntil()).isEqualTo(kept);
    listMissedEvents.handle();

    assertThat(listedFrom())
        .containsExactly(
            clock.instant().minus(Duration.ofDays(30)), kept.minus(Duration.ofMinutes(10)));
  }

  @Test
  void the_time_since_the_last_whole_pass_is_measured() {
    listMissedEvents.handle();
    connection.failNext(LIST, Failure.RATE_LIMIT);
    advanceClocks(HOUR);

    listMissedEvents.handle();

    assertThat(metrics.get("cpd.stripe.events.behind").gauge().value()).isEqualTo(3_600 + 120);
  }

  @Test
  void events_of_a_newer_version_of_the_api_are_applied_by_the_ids_of_their_objects() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.loseWebhooks();
    String intent = stripe.pay(session);
    String charge = stripe.chargeOf(intent);
    stripe.settlementOf(intent);
    connection.listEventsInANewerVersion();
    double before = otherVersion();

    listMissedEvents.handle();

    awaitStatus(held, payment, "captured");
    awaitSum("awaiting-stripe", payment, 0);
    awaitApplied(charge);
    assertThat(typesAbout(charge)).containsExactly("charge.updated");
    assertThat(otherVersion()).isGreaterThan(before);
    assertThat(postings("payment-captured", payment.toString())).hasSize(3);
  }

  @Test
  void a_webhook_in_a_newer_version_of_the_api_is_applied_by_the_id_of_its_object() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    stripe.loseWebhooks();
    String intent = stripe.pay(openSession(held, payment));
    String charge = stripe.chargeOf(intent);
    stripe.settlementOf(intent);
    String id = "evt_" + Ids.next();

    assertThat(
            webhook(
                    """
                    {"id": "%s", "object": "event", "api_version": "2031-01-01.zinnia",
                     "type": "charge.updated",
                     "data": {"object": {"id": "%s", "object": "charge", "payment": {"of": 1}}}}
                    """
                        .formatted(id, charge))
                .status())
        .isEqualTo(204);

    awaitStatus(held, payment, "captured");
    awaitSum("awaiting-stripe", payment, 0);
  }

  @Test
  void a_customer_who_was_deleted_at_stripe_is_made_anew_for_the_next_page() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    String customer = customerOf(session);
    stripe.abandon(session);
    stripe.loseWebhooks();
    stripe.deleteCustomer(customer);

    listMissedEvents.handle();
    awaitApplied(customer);

    assertThat(customerOf(openSession(held, payment))).isNotEqualTo(customer);
  }

  private String customerOf(String session) {
    return stripe.show("checkout/sessions/" + session).path("customer").asString();
  }

  private List<String> typesAbout(String subject) {
    return jdbc.sql("SELECT type FROM stripe_event WHERE subject_id = :id ORDER BY type")
        .param("id", subject)
        .query((row, number) -> row.getString("type"))
        .list();
  }

  private long count(String table, String column, UUID id) {
    return jdbc.sql("SELECT count(*) FROM %s WHERE %s = :id".formatted(table, column))
        .param("id", id)
        .query(Long.class)
        .single();
  }

  private double missed() {
    return metrics.get("cpd.stripe.events.missed").counter().count();
  }

  private double otherVersion() {
    return metrics.get("cpd.stripe.events.other.version").counter().count();
  }

  private void neverListed() {
    jdbc.sql("DELETE FROM stripe_event_progress").update();
  }

  private @Nullable Instant keptUntil() {
    return jdbc.sql("SELECT kept_until FROM stripe_event_progress WHERE kept_until IS NOT NULL")
        .query((row, _) -> row.getObject("kept_until", OffsetDateTime.class).toInstant())
        .optional()
        .orElse(null);
  }

  private @Nullable String text(String column) {
    return jdbc.sql("SELECT %s FROM stripe_event_progress".formatted(column))
        .query((row, _) -> row.getString(1))
        .optional()
        .orElse(null);
  }

  /** From when the requests of this test have listed. */
  private List<Instant> listedFrom() {
    return connection.requests(LIST).stream()
        .map(FROM::matcher)
        .filter(Matcher::find)
        .map(found -> Instant.ofEpochSecond(Long.parseLong(found.group(1))))
        .toList();
  }
}
