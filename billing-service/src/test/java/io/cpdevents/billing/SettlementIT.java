package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettlementIT extends BillingJourney {

  private static final String SETTLEMENTS = "/api/v1/ops/billing/settlements";
  private static final Duration FIRST_CHECK = Duration.ofSeconds(46);
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void what_stripe_is_asked_because_a_webhook_was_lost_is_recorded_with_before_and_after() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    String checkout = checkoutOf(session);
    stripe.loseWebhooks();
    stripe.settlementOf(stripe.pay(session));
    advanceClocks(FIRST_CHECK);
    awaitStatus(held, payment, "captured");

    JsonNode settlement = theOneOf(checkout);

    assertThat(settlement.path("kind").asString()).isEqualTo("checkout");
    assertThat(settlement.path("key").asString()).isEqualTo("checkout:" + payment + ":1");
    assertThat(settlement.path("before").asString()).isEqualTo("open, payment awaiting-payment");
    assertThat(settlement.path("after").asString()).isEqualTo("complete, payment captured");
    assertThat(settlement.path("outcome").asString()).isEqualTo("changed");
    assertThat(settlement.path("settledBy").isNull()).isTrue();
    Instant at = Instant.parse(settlement.path("settledAt").asString());
    for (String filter : List.of("kind=checkout", "outcome=changed", "from=" + at)) {
      assertThat(list(checkout + "&" + filter)).as(filter).hasSize(1);
    }
    for (String filter : List.of("kind=refund", "outcome=refused", "to=" + at)) {
      assertThat(list(checkout + "&" + filter)).as(filter).isEmpty();
    }
  }

  @Test
  void a_refund_whose_answer_was_lost_is_recorded_when_it_is_found() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    UUID refund = Ids.next();
    stripe.loseWebhooks();
    // The JDK sends a POST whose connection broke once more by itself.
    stripe.loseAnswers("POST", "/v1/refunds", 2);
    facts.tell(refundRequested(held, payment, refund, 10_000));

    JsonNode settlement = theOneOf(refund.toString());

    assertThat(settlement.path("kind").asString()).isEqualTo("refund");
    assertThat(settlement.path("key").asString()).isEqualTo("refund:" + refund + ":1");
    assertThat(settlement.path("before").asString()).isEqualTo("requested");
    assertThat(settlement.path("after").asString()).startsWith("succeeded");
  }

  @Test
  void a_dispute_that_no_webhook_has_told_the_end_of_is_recorded_when_stripe_is_asked() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String atStripe = stripe.dispute(paid(held, payment));
    String dispute = disputeOf(atStripe);
    awaitApplied(atStripe);
    stripe.loseWebhooks();
    stripe.loseDispute(atStripe);

    Answer asked = ask(Ids.next(), "dispute", dispute);

    assertThat(asked.text("outcome")).isEqualTo("changed");
    assertThat(asked.text("key")).isEqualTo(atStripe);
    assertThat(asked.text("before")).startsWith("open, at Stripe needs_response");
    assertThat(asked.text("after")).startsWith("lost, at Stripe lost");
  }

  @Test
  void asking_in_vain_is_not_recorded() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    advanceClocks(FIRST_CHECK);
    await()
        .atMost(EVENTUALLY)
        .until(() -> !connection.requests("GET /v1/checkout/sessions/" + session).isEmpty());

    assertThat(list(checkoutOf(session))).isEmpty();
  }

  @Test
  void an_operator_asks_at_once_and_again() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    String checkout = checkoutOf(session);
    stripe.loseWebhooks();
    stripe.pay(session);
    UUID operator = Ids.next();

    Answer asked = ask(operator, "checkout", checkout);

    assertThat(asked.status()).isEqualTo(201);
    assertThat(get(asked.header("Location"), support()).expect(200).body()).isEqualTo(asked.body());
    assertThat(asked.text("outcome")).isEqualTo("changed");
    assertThat(asked.text("settledBy")).isEqualTo(operator.toString());
    assertThat(statusOf(held, payment)).isEqualTo("captured");
    events.await(
        AuditEntryRecorded.class,
        entry ->
            entry.action().equals("settlement.requested")
                && asked.text("id").equals(entry.subjectId())
                && operator.equals(entry.actorAccountId()));

    Answer again = post(operator, SETTLEMENTS + "/" + asked.text("id") + "/replay", Map.of());
    assertThat(again.text("outcome")).isEqualTo("unchanged");
    assertThat(again.text("before")).isEqualTo(again.text("after"));
    assertThat(list(checkout)).hasSize(2);
  }

  @Test
  void every_kind_can_be_asked_about() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    UUID refund = Ids.next();
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitSum("refunds", payment, 0);
    UUID operator = Ids.next();

    assertThat(ask(operator, "payment-intent", intent).text("after")).isEqualTo("captured");
    assertThat(ask(operator, "charge", stripe.chargeOf(intent)).text("after")).isEqualTo("settled");
    assertThat(ask(operator, "refund", refund.toString()).text("after"))
        .isEqualTo("succeeded, settled");
  }

  @Test
  void an_operator_is_told_what_stripe_refuses_and_that_it_is_away() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    String checkout = checkoutOf(session);
    String request = "GET /v1/checkout/sessions/" + session;
    connection.failNext(request, Failure.REFUSAL, Failure.RATE_LIMIT);
    UUID operator = Ids.next();

    Answer refused = ask(operator, "checkout", checkout);
    assertThat(refused.text("outcome")).isEqualTo("refused");
    assertThat(refused.text("failure")).contains("resource_missing");
    Answer away = ask(operator, "checkout", checkout);
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.code()).isEqualTo("stripe-unavailable");
    assertThat(list(checkout)).hasSize(1);
  }

  @Test
  void only_finance_asks_and_only_about_what_is_there() {
    String body = JSON.writeValueAsString(Map.of("kind", "charge", "subjectId", "ch_nobody"));
    assertThat(post(SETTLEMENTS, finance(), body).code()).isEqualTo("idempotency-key-required");
    assertThat(
            api.as(support())
                .with("Idempotency-Key", Ids.next().toString())
                .post(SETTLEMENTS, body)
                .status())
        .isEqualTo(403);
    for (String kind : List.of("checkout", "payment-intent", "charge", "refund", "dispute")) {
      assertThat(ask(Ids.next(), kind, "nobody").code()).isEqualTo("subject-not-found");
      assertThat(ask(Ids.next(), kind, Ids.next().toString()).code())
          .isEqualTo("subject-not-found");
    }
    assertThat(post(Ids.next(), SETTLEMENTS + "/" + Ids.next() + "/replay", Map.of()).code())
        .isEqualTo("settlement-not-found");
    assertThat(get(SETTLEMENTS, TestTokens.bearer(Ids.next())).status()).isEqualTo(403);
    get(SETTLEMENTS + "/" + Ids.next(), support()).refused(404, "settlement-not-found");
  }

  private Answer ask(UUID operator, String kind, String subjectId) {
    return post(operator, SETTLEMENTS, Map.of("kind", kind, "subjectId", subjectId));
  }

  private Answer post(UUID operator, String path, Map<String, Object> body) {
    return api.as(TestTokens.bearer(operator, Set.of("platform-finance"), Map.of()))
        .with("Idempotency-Key", Ids.next().toString())
        .post(path, body);
  }

  private JsonNode theOneOf(String subject) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(list(subject)).as(subject).hasSize(1));
    return list(subject).path(0);
  }

  private JsonNode list(String subject) {
    return get(SETTLEMENTS + "?subjectId=" + subject, support()).body().path("data");
  }

  /** Stripe may tell of it a moment later. */
  private String disputeOf(String stripeId) {
    String sql = "SELECT CAST(id AS text) FROM dispute WHERE stripe_dispute_id = :stripeId";
    return await()
        .atMost(EVENTUALLY)
        .until(
            () -> jdbc.sql(sql).param("stripeId", stripeId).query(String.class).optional(),
            Optional::isPresent)
        .orElseThrow();
  }

  private String checkoutOf(String session) {
    return jdbc.sql("SELECT CAST(id AS text) FROM checkout WHERE stripe_session_id = :session")
        .param("session", session)
        .query(String.class)
        .single();
  }

  private static String support() {
    return TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of());
  }
}
