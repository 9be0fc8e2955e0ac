package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.webhooks.ForgetStripeEvents;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.RecordedEvent;
import io.cpdevents.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class WebhookIT extends BillingJourney {

  private static final int BURST = 500;

  @Autowired ForgetStripeEvents forget;
  @Autowired MeterRegistry metrics;

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"t=abc", "t", "v1", "t,v1", "t=1,v1=x", "=", ",,,", "t=1800000000"})
  void a_junk_signature_is_a_bad_request(@Nullable String signature) {
    for (String path : List.of("/webhooks/stripe", "/webhooks/stripe-connect")) {
      Answer answer = webhook(path, "{}".getBytes(StandardCharsets.UTF_8), signature);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.code()).isEqualTo("signature-invalid");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{}",
        "{\"id\": null, \"type\": \"x\"}",
        "{\"id\": 1, \"type\": \"x\"}",
        "{\"id\": \"evt_1\"}",
        "{\"id\": \"evt_\\u0000\", \"type\": \"x\"}",
        "{\"id\": \"evt_1\", \"type\": {}}",
        "\u0000",
      })
  void a_junk_body_that_is_signed_is_a_bad_request(String body) {
    Answer answer = webhook(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("payload-invalid");
  }

  @Test
  void a_deep_or_strange_body_breaks_nothing() {
    assertThat(webhook("[".repeat(50_000)).status()).isEqualTo(400);
    byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe, '{', '}'};
    assertThat(webhook("/webhooks/stripe", notUtf8, "t=1,v1=2").status()).isEqualTo(400);
    assertThat(webhook("checkout.session.completed", Map.of("id", 7)).status()).isEqualTo(204);
    assertThat(webhook("payment_intent.succeeded", Map.of()).status()).isEqualTo(204);
    assertThat(webhook("\u0007 \uD83D\uDE00", Map.of("id", "x")).status()).isEqualTo(204);
    byte[] large = new byte[2 * 1024 * 1024];
    assertThat(webhook("/webhooks/stripe", large, "t=1,v1=2").status()).isEqualTo(413);
  }

  @Test
  void the_other_endpoints_secret_does_not_do() {
    String body = event("evt_" + Ids.next(), "account.updated", Map.of("id", "acct_1"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(webhook("/webhooks/stripe-connect", bytes, signature(body)).code())
        .isEqualTo("signature-invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "/webhooks/stripe, customer.created, nothing-depends-on-it",
    "/webhooks/stripe, charge.succeeded, told-by-another-event",
    "/webhooks/stripe, transfer.reversed, followed-in-balance",
    "/webhooks/stripe, credit_note.created, not-supported",
    "/webhooks/stripe, balance.available, other-endpoint",
    "/webhooks/stripe, climate.order.created, unknown-type",
    "/webhooks/stripe, refund.created, without-subject",
    "/webhooks/stripe-connect, payment_intent.succeeded, other-endpoint",
    "/webhooks/stripe, account.updated, other-endpoint",
    "/webhooks/stripe, payout.paid, other-endpoint",
    "/webhooks/stripe-connect, payout.paid, other-endpoint",
  })
  void what_makes_no_difference_is_kept_with_its_reason_and_counted(
      String path, String type, String reason) {
    double before = ignored(type, reason);
    String id = "evt_" + Ids.next();
    String body = event(id, type, Map.of("object", "something"));
    for (int copies = 0; copies < 2; copies++) {
      assertThat(webhook(path, body).status()).isEqualTo(204);
    }
    assertThat(status(id)).isEqualTo("ignored");
    assertThat(
            jdbc.sql("SELECT ignored_reason FROM stripe_event WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single())
        .isEqualTo(reason);
    assertThat(ignored(type, reason)).isEqualTo(before + 1);
  }

  @Test
  void what_turns_out_to_be_nothing_of_ours_is_ignored_with_a_reason_and_counted() {
    double before = ignored("radar.early_fraud_warning.created", "not-ours");
    String warning = stripe.warnOfFraud(stripe.receive(700, "cad", Map.of()));
    String charge = stripe.chargeWithoutIntent(700, "cad");
    webhook("charge.updated", Map.of("id", charge));
    String inquiry = stripe.inquireAbout(charge);
    String intent = stripe.begin(700, "cad");
    webhook("payment_intent.canceled", Map.of("id", intent));
    String unpaid = stripe.begin(700, "cad");
    webhook("charge.refunded", Map.of("id", "ch_" + Ids.next(), "payment_intent", unpaid));
    String customer = "cus_" + Ids.next();
    webhook("customer.deleted", Map.of("id", customer));

    for (String subject : List.of(warning, charge, inquiry, intent, unpaid, customer)) {
      await()
          .atMost(EVENTUALLY)
          .untilAsserted(() ->
              assertThat(endings(subject))
                  .as(subject)
                  .isNotEmpty()
                  .containsOnly("ignored not-ours"));
    }
    assertThat(ignored("radar.early_fraud_warning.created", "not-ours")).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "/webhooks/stripe-connect, account.updated, acct_1, acct_1",
    "/webhooks/stripe-connect, account.application.deauthorized, ca_1, acct_2",
    "/webhooks/stripe-connect, account.external_account.created, ba_1, acct_1",
    "/webhooks/stripe-connect, capability.updated, transfers, acct_1",
    "/webhooks/stripe-connect, payout.failed, po_1, po_1",
    "/webhooks/stripe-connect, balance.available, '', acct_2",
  })
  void what_payout_service_owns_is_told_to_it(
      String path, String type, String objectId, String toldId) {
    String id = "evt_" + Ids.next();
    Map<String, Object> posted = new HashMap<>();
    posted.put("id", id);
    posted.put("type", type);
    posted.put("created", 1_800_000_000L);
    posted.put("data", Map.of("object", Map.of("id", objectId, "account", "acct_1")));
    posted.put("account", "acct_2");
    assertThat(webhook(path, new JsonMapper().writeValueAsString(posted)).status()).isEqualTo(204);
    RecordedEvent<StripeObjectChanged> told =
        events.awaitRecord(StripeObjectChanged.class, each -> each.stripeEventId().equals(id));
    assertThat(told.key()).isEqualTo(toldId);
    assertThat(told.event())
        .isEqualTo(
            new StripeObjectChanged(
                toldId, "acct_2", id, type, Instant.ofEpochSecond(1_800_000_000L)));
    await().atMost(EVENTUALLY).until(() -> status(id).equals("applied"));
  }

  @Test
  void nothing_that_stripe_says_about_people_is_kept() {
    String id = "evt_" + Ids.next();
    Map<String, Object> session =
        Map.of(
            "id", "cs_1",
            "client_secret", "cs_secret_x",
            "url", "https://checkout.example/cs_1",
            "customer_details", Map.of("email", "ada@example.com", "name", "Ada"));
    webhook(event(id, "checkout.session.expired", session));
    assertThat(
            jdbc.sql("SELECT CAST(stripe_event AS text) FROM stripe_event WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single())
        .contains("cs_1")
        .doesNotContain("cs_secret_x", "https", "ada@example.com", "Ada");
  }

  @Test
  void what_is_over_is_forgotten_after_35_days() {
    Instant now = Clock.systemUTC().instant();
    Instant old = now.minus(Duration.ofDays(36));
    insert("evt_applied_old", "payment-intent", "applied", old, old);
    insert("evt_ignored_old", null, "ignored", old, old);
    insert("evt_applied_new", "payment-intent", "applied", old, now.minus(Duration.ofDays(34)));
    insert("evt_parked_old", "payment-intent", "parked", old, null);

    assertThat(forget.handle()).isEqualTo(2);
    assertThat(forget.handle()).isZero();

    assertThat(
            jdbc.sql("SELECT id FROM stripe_event WHERE received_at = :old ORDER BY id")
                .param("old", at(old))
                .query(String.class)
                .list())
        .containsExactly("evt_applied_new", "evt_parked_old");
  }

  @Test
  void an_event_that_only_a_newer_version_knows_stops_nobody() {
    String newer = "evt_newer_" + Ids.next();
    Instant hourAgo = Clock.systemUTC().instant().minus(Duration.ofHours(1));
    insert(newer, "kind-of-a-newer-version", "received", hourAgo, null);
    try {
      String id = "evt_" + Ids.next();
      String intent = stripe.receive(700, "cad", Map.of());
      webhook(event(id, "payment_intent.succeeded", Map.of("id", intent)));
      await().atMost(EVENTUALLY).until(() -> status(id).equals("applied"));
      assertThat(status(newer)).isEqualTo("received");
    } finally {
      jdbc.sql("DELETE FROM stripe_event WHERE id = :id").param("id", newer).update();
    }
  }

  @Test
  void an_event_that_cannot_be_applied_is_parked_and_replayed() {
    String intent = "pi_missing_" + Ids.next();
    String id = "evt_" + Ids.next();
    webhook(event(id, "payment_intent.succeeded", Map.of("id", intent)));
    await().atMost(EVENTUALLY).until(() -> failures(id) > 0);
    jdbc.sql("UPDATE stripe_event SET failures = 7 WHERE id = :id").param("id", id).update();
    await().atMost(EVENTUALLY).until(() -> status(id).equals("parked"));
    String path = "/api/v1/ops/billing/stripe-events";
    assertThat(get(path, finance()).body().path("data").toString()).contains(intent);
    assertThat(post(path + "/" + id + "/replay", TestTokens.bearer(Ids.next()), "{}").status())
        .isEqualTo(403);
    assertThat(post(path + "/" + id + "/replay", finance(), "{}").status()).isEqualTo(204);
    post(path + "/" + Ids.next() + "/replay", finance(), "{}")
        .refused(404, "stripe-event-not-found");
    await().atMost(EVENTUALLY).until(() -> failures(id) > 0);
  }

  @Test
  void a_burst_is_kept_whole() {
    List<Answer> answers =
        AtOnce.times(BURST, () -> webhook("invoice.created", Map.of("id", "burst")));
    assertThat(answers).allMatch(answer -> answer.status() == 204);
    assertThat(
            jdbc.sql("SELECT count(*) FROM stripe_event WHERE type = 'invoice.created'")
                .query(Long.class)
                .single())
        .isEqualTo(BURST);
  }

  private void insert(
      String id,
      @Nullable String kind,
      String status,
      Instant receivedAt,
      @Nullable Instant finishedAt) {
    jdbc.sql(
            """
            INSERT INTO stripe_event (
                id, endpoint, type, occurred_at, subject_kind, subject_id, ignored_reason, status,
                received_at, next_attempt_at, finished_at)
            VALUES (
                :id, 'platform', 'x', :receivedAt, :kind, 'pi_1',
                CASE :status WHEN 'ignored' THEN 'unknown-type' END, :status, :receivedAt,
                :receivedAt, :finishedAt)
            """)
        .param("id", id)
        .param("kind", kind, Types.VARCHAR)
        .param("status", status)
        .param("receivedAt", at(receivedAt))
        .param(
            "finishedAt", finishedAt == null ? null : at(finishedAt), Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }

  /** To the microsecond, as PostgreSQL keeps it. */
  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
  }

  /** Posts to an endpoint, signed with its own secret. */
  private Answer webhook(String path, String body) {
    String secret = path.endsWith("connect") ? "whsec_connect" : SECRET;
    return webhook(path, body.getBytes(StandardCharsets.UTF_8), signature(body, secret));
  }

  private double ignored(String type, String reason) {
    return metrics.counter("cpd.stripe.events.ignored", "type", type, "reason", reason).count();
  }

  private String status(String id) {
    return jdbc.sql("SELECT status FROM stripe_event WHERE id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  /** Status and reason of each event about an object. */
  private List<@Nullable String> endings(String subject) {
    return jdbc.sql(
            """
            SELECT status || ' ' || coalesce(ignored_reason, '-') FROM stripe_event
            WHERE subject_id = :subject
            """)
        .param("subject", subject)
        .query(String.class)
        .list();
  }

  private int failures(String id) {
    return jdbc.sql("SELECT failures FROM stripe_event WHERE id = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }
}
