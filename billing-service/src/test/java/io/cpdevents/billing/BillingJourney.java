package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.net.Webhook;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundLine;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketLine;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestErasures;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The steps that the tests of a whole billing-service have in common. */
@CpdIntegrationTest(
    properties = {
      "cpd.public-url=http://localhost:8080",
      "cpd.security.internal-token=internal-token-of-the-test",
      "cpd.stripe.webhook-secrets=whsec_old,whsec_test",
      "cpd.stripe.connect-webhook-secrets=whsec_connect"
    })
@WithStripeSandbox(webhooks = "/webhooks/stripe", webhookSecret = BillingJourney.SECRET)
class BillingJourney {

  static final String SECRET = "whsec_test";
  static final String INTERNAL = "Bearer internal-token-of-the-test";
  static final Duration HOLD = Duration.ofMinutes(30);
  static final Duration EVENTUALLY = Duration.ofSeconds(20);

  @DynamicPropertySource
  static void accounts(DynamicPropertyRegistry registry) {
    registry.add("cpd.accounts-url", TestErasures::accountsUrl);
  }

  private static final JsonMapper JSON = new JsonMapper();

  /** A registration that waits for its money. */
  record Held(
      UUID registrationId, UUID accountId, UUID eventId, UUID organizationId, List<UUID> tickets) {}

  @Autowired StripeSandbox stripe;
  @Autowired StripeConnection connection;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired ApiClient api;
  @Autowired Facts facts;

  /** Lets time pass here and at Stripe. */
  void advanceClocks(Duration duration) {
    stripe.advanceClock(duration);
    clock.advance(duration);
  }

  Held hold(String currency, long... ticketMinor) {
    return hold(true, currency, ticketMinor);
  }

  Held hold(boolean feeRefundable, String currency, long... ticketMinor) {
    return hold(Ids.next(), feeRefundable, currency, ticketMinor);
  }

  Held holdFor(UUID organizationId, String currency, long... ticketMinor) {
    return hold(organizationId, true, currency, ticketMinor);
  }

  private Held hold(
      UUID organizationId, boolean feeRefundable, String currency, long... ticketMinor) {
    List<TicketLine> tickets =
        java.util.Arrays.stream(ticketMinor)
            .mapToObj(minor ->
                new TicketLine(
                    Ids.next(),
                    Ids.next(),
                    "Standard",
                    new MoneyAmount(minor, currency),
                    new MoneyAmount(0, currency),
                    new MoneyAmount(minor, currency)))
            .toList();
    long total = java.util.Arrays.stream(ticketMinor).sum();
    Instant now = clock.instant();
    RegistrationHeld held =
        new RegistrationHeld(
            Ids.next(),
            Ids.next(),
            Ids.next(),
            organizationId,
            "Wound care",
            new MoneyAmount(total, currency),
            tickets,
            feeRefundable,
            now,
            now.plus(HOLD));
    facts.tell(held);
    return new Held(
        held.registrationId(),
        held.accountId(),
        held.eventId(),
        held.organizationId(),
        tickets.stream().map(TicketLine::ticketId).toList());
  }

  UUID paymentOf(Held held) {
    String address = "/api/v1/payments?registrationId=" + held.registrationId();
    String buyer = TestTokens.bearer(held.accountId());
    JsonNode payments =
        await()
            .atMost(EVENTUALLY)
            .until(() -> get(address, buyer).body().path("data"), found -> found.size() == 1);
    return UUID.fromString(payments.get(0).path("id").asString());
  }

  String statusOf(Held held, UUID paymentId) {
    return get("/api/v1/payments/" + paymentId, TestTokens.bearer(held.accountId()))
        .body()
        .path("status")
        .asString();
  }

  void awaitStatus(Held held, UUID paymentId, String status) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(statusOf(held, paymentId)).isEqualTo(status));
  }

  Answer checkout(UUID accountId, UUID paymentId) {
    return post(
        "/api/v1/payments/" + paymentId + "/checkout",
        TestTokens.bearer(accountId),
        """
        {"successUrl": "http://localhost:8080/done", "cancelUrl": "http://localhost:8080/back"}
        """);
  }

  String openSession(Held held, UUID paymentId) {
    Answer page = checkout(held.accountId(), paymentId);
    assertThat(page.status()).as(page.body().toString()).isEqualTo(201);
    return stripe.sessionOf(page.body().path("url").asString());
  }

  /** Held, paid and settled, as Stripe has told. Returns the payment intent. */
  String paid(Held held, UUID paymentId) {
    String intent = stripe.pay(openSession(held, paymentId));
    awaitStatus(held, paymentId, "captured");
    awaitSum("awaiting-stripe", paymentId, 0);
    return intent;
  }

  Answer webhook(String type, Map<String, Object> object) {
    return webhook(event("evt_" + Ids.next(), type, object));
  }

  static String event(String id, String type, Map<String, Object> object) {
    return JSON.writeValueAsString(
        Map.of("id", id, "object", "event", "type", type, "data", Map.of("object", object)));
  }

  Answer webhook(String body) {
    return webhook("/webhooks/stripe", body.getBytes(StandardCharsets.UTF_8), signature(body));
  }

  static String signature(String body) {
    return signature(body, SECRET);
  }

  static String signature(String body, String secret) {
    try {
      return Webhook.Signature.generateSignatureHeader(
          body, secret, Clock.systemUTC().instant().getEpochSecond());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Answer webhook(String path, byte[] body, @Nullable String signature) {
    ApiClient stripesPost = api.with("Content-Type", "application/json; charset=utf-8");
    return (signature == null ? stripesPost : stripesPost.with("Stripe-Signature", signature))
        .post(path, body);
  }

  Answer get(String path, @Nullable String bearer) {
    return (bearer == null ? api : api.as(bearer)).get(path);
  }

  Answer post(String path, String bearer, String body) {
    return api.as(bearer).post(path, body);
  }

  static String finance() {
    return TestTokens.bearer(Ids.next(), Set.of("platform-finance"), Map.of());
  }

  /** Somebody else approves what was proposed last about a break. */
  Answer approve(String breakPath, String bearer) {
    return api.as(bearer).post(breakPath + "/approval", lastProposal(breakPath));
  }

  /** What a decision about a break names: what was proposed last. */
  Map<String, Object> lastProposal(String breakPath) {
    return Map.of(
        "resolutionId",
        get(breakPath, finance()).expect(200).body().at("/resolutions/0/id").asString());
  }

  /** The lines of every journal of a kind and business id. */
  List<String> postings(String kind, String businessId) {
    return jdbc.sql(
            """
            SELECT account || ' ' || amount_minor AS line
            FROM journal JOIN posting ON posting.journal_id = journal.id
            WHERE kind = :kind AND business_id = :businessId ORDER BY position
            """)
        .param("kind", kind)
        .param("businessId", businessId)
        .query((row, number) -> row.getString("line"))
        .list();
  }

  long sum(String account, UUID paymentId) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(amount_minor), 0)
            FROM journal JOIN posting ON posting.journal_id = journal.id
            WHERE account = :account AND payment_id = :paymentId
            """)
        .param("account", account)
        .param("paymentId", paymentId)
        .query(Long.class)
        .single();
  }

  void awaitSum(String account, UUID paymentId, long amountMinor) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(sum(account, paymentId)).isEqualTo(amountMinor));
  }

  List<String> openBreaks(String stripeId) {
    return jdbc.sql("SELECT kind FROM ledger_break WHERE stripe_id = :id AND resolved_at IS NULL")
        .param("id", stripeId)
        .query((row, number) -> row.getString("kind"))
        .list();
  }

  UUID breakAbout(String stripeId) {
    return jdbc.sql("SELECT id FROM ledger_break WHERE stripe_id = :id AND resolved_at IS NULL")
        .param("id", stripeId)
        .query(UUID.class)
        .single();
  }

  void awaitBreak(String stripeId, String kind) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(openBreaks(stripeId)).containsExactly(kind));
  }

  /** Waits until every event about an object of Stripe has come, and has been applied. */
  void awaitApplied(String subject) {
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            stripe.pendingDeliveries() == 0
                && jdbc.sql(
                            """
                            SELECT count(*) FROM stripe_event
                            WHERE subject_id = :subject AND status = 'received'
                            """)
                        .param("subject", subject)
                        .query(Long.class)
                        .single()
                    == 0);
  }

  RefundRequested refundRequested(Held held, UUID payment, UUID refund, long amountMinor) {
    return refundRequested(
        held,
        payment,
        refund,
        RefundCause.PAYMENT_TOO_LATE,
        List.of(new RefundLine(held.tickets().getFirst(), new MoneyAmount(amountMinor, "CAD"))));
  }

  /** Asks for refunds that are capped at what is left. */
  RefundRequested refundRequested(
      Held held, UUID payment, UUID refund, RefundCause cause, List<RefundLine> lines) {
    return new RefundRequested(
        held.registrationId(),
        held.accountId(),
        held.eventId(),
        held.organizationId(),
        payment,
        refund,
        lines,
        true,
        cause,
        clock.instant());
  }
}
