package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import io.cpdevents.platform.test.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox as it really runs, empty before each test, and Stripe's client for it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RunningSandbox {
  static final String PAYS = "4242424242424242";
  static final String DECLINED = "4000000000000002";
  static final Duration MAX_WAIT_TIME = Duration.ofSeconds(10);
  static final WebhookReceiver RECEIVER = WebhookReceiver.running();

  /** The endpoint for events of connected accounts. */
  static final WebhookReceiver CONNECT = WebhookReceiver.runningForConnect();

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @LocalServerPort int port;

  @DynamicPropertySource
  static void environment(DynamicPropertyRegistry properties) {
    properties.add("spring.datasource.url", TestPostgres.running()::url);
    properties.add("spring.datasource.username", () -> "stripe_sandbox_runtime");
    properties.add("spring.datasource.password", () -> "runtime");
    properties.add("spring.flyway.user", () -> "stripe_sandbox_owner");
    properties.add("spring.flyway.password", () -> "owner");
    properties.add("SANDBOX_LOCK_TIMEOUT_MS", () -> "300");
    properties.add("sandbox.webhook-url", RECEIVER::url);
    properties.add("sandbox.webhook-secret", () -> WebhookReceiver.SECRET);
    properties.add("sandbox.connect-webhook-url", CONNECT::url);
    properties.add("sandbox.connect-webhook-secret", () -> WebhookReceiver.CONNECT_SECRET);
    properties.add("sandbox.verification-delay-ms", () -> "100");
    properties.add("sandbox.webhook-first-retry-ms", () -> "50");
    properties.add("sandbox.capture-delay-ms", () -> "150");
    properties.add("sandbox.refund-failure-delay-ms", () -> "100");
    properties.add("sandbox.refund-reference-delay-ms", () -> "100");
    properties.add("sandbox.processing-delay-ms", () -> "100");
    properties.add("sandbox.dispute-delay-ms", () -> "200");
  }

  @BeforeEach
  void start_empty() {
    lever("PUT", "webhook-faults", "{}");
    lever("PUT", "faults", "[]");
    lever("PUT", "settings", "{}");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> state().get("deliveries").get("pending").asInt() == 0);
    lever("POST", "reset", "");
    lever("PUT", "clock", "{\"offsetSeconds\": 0}");
    RECEIVER.forget();
    CONNECT.forget();
  }

  StripeClient client() {
    return client("sk_test_local");
  }

  StripeClient client(String key) {
    String base = "http://127.0.0.1:" + port;
    return StripeClient.builder().setApiKey(key).setApiBase(base).setFilesBase(base).build();
  }

  /** Answer of a lever or a page. */
  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /** Pulls a lever, again while a planned step holds the object, as Stripe's clients do. */
  Answer lever(String method, String path, String json) {
    return await()
        .pollDelay(Duration.ZERO)
        .atMost(MAX_WAIT_TIME)
        .until(() -> leverOnce(method, path, json), answer -> answer.status() != 429);
  }

  /** Pulls a lever that may be refused because somebody else holds the object. */
  Answer leverOnce(String method, String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_sandbox/" + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                json.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json)));
  }

  /** A request to the API without Stripe's client. */
  HttpRequest.Builder api(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer sk_test_local");
  }

  HttpRequest.Builder form(String path, String form) {
    return api(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = RawHttp.send(request);
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e.getMessage()), NONE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("NullAway") // There is no response.
  private static final HttpResponse<String> NONE = null;

  JsonNode state() {
    return lever("GET", "state", "").json();
  }

  JsonNode onlyBalance() {
    return state().get("balances").get(0);
  }

  /** Requires that balance, balance transactions and objects agree in every currency. */
  void assertSumsAgree() {
    for (String part : List.of("balances", "connectedBalances")) {
      for (JsonNode balance : state().get(part)) {
        assertThat(balance.get("balanceTransactionsNet")).isEqualTo(balance.get("total"));
        assertThat(balance.get("objectsNet")).as("%s", balance).isEqualTo(balance.get("total"));
      }
    }
  }

  /**
   * The hosted page of a session.
   *
   * @param more what follows its address
   * @param form what is sent; null to look at it
   */
  Answer page(Session session, String more, @Nullable String form) {
    URI uri = URI.create("http://127.0.0.1:" + port + "/c/pay/" + session.getId() + more);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (form == null) {
      return send(request);
    }
    return send(
        request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  Answer pay(Session session, String card) {
    return lever(
        "POST",
        "checkout-sessions/" + session.getId() + "/pay",
        "{\"card\": \"%s\"}".formatted(card));
  }

  Session createSession(long amount) throws StripeException {
    return client().v1().checkout().sessions().create(sessionOf(amount).build());
  }

  static SessionCreateParams.Builder sessionOf(long amount) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.PAYMENT)
        .addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD)
        .setSuccessUrl("https://shop.example/thanks?session={CHECKOUT_SESSION_ID}")
        .setCancelUrl("https://shop.example/back")
        .setClientReferenceId("registration-1")
        .putMetadata("paymentId", "payment-1")
        .setPaymentIntentData(
            SessionCreateParams.PaymentIntentData.builder()
                .setTransferGroup("payment-1")
                .putMetadata("paymentId", "payment-1")
                .build())
        .addLineItem(
            LineItem.builder()
                .setQuantity(1L)
                .setPriceData(
                    PriceData.builder()
                        .setCurrency("cad")
                        .setUnitAmount(amount)
                        .setProductData(PriceData.ProductData.builder().setName("A ticket").build())
                        .build())
                .build());
  }

  /** A session that has been paid and whose money has been booked. */
  Charge paidCharge(long amount, String card) throws StripeException {
    Session session = createSession(amount);
    pay(session, card);
    return settledCharge(session);
  }

  Charge settledCharge(Session session) throws StripeException {
    PaymentIntent intent = intentOf(session);
    await().atMost(MAX_WAIT_TIME).until(() -> chargeOf(intent).getBalanceTransaction() != null);
    return chargeOf(intent);
  }

  PaymentIntent intentOf(Session session) throws StripeException {
    Session now = client().v1().checkout().sessions().retrieve(session.getId());
    return client().v1().paymentIntents().retrieve(now.getPaymentIntent());
  }

  Charge chargeOf(PaymentIntent intent) throws StripeException {
    return client().v1().charges().retrieve(intent.getLatestCharge());
  }
}
