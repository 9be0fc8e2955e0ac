package io.cpdevents.platform.test.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What people, banks and Stripe itself do, in the stripe-sandbox. Objects are told by their ids at
 * Stripe; amounts are in minor units. What follows is told to the service by webhooks.
 */
public final class StripeSandbox {

  /** The key of the service under test; the sandbox takes any of this form. */
  static final String API_KEY = "sk_test_local";

  private static final String BUYER = "buyer@example.com";
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(20);
  private static final Duration SLOW_BANK = Duration.ofDays(1);
  private static final String DECLINED_CARD = "4000000000000002";
  private static final int OK = 200;
  private static final int PAYMENT_REQUIRED = 402;

  /** What Stripe answers to whoever authenticates what no bank asks about any more. */
  private static final int NOT_ASKED = 400;

  /** What Stripe answers while another request holds an object. */
  private static final int TOO_MANY_REQUESTS = 429;

  /** Where the sandbox posts events to. */
  record Webhooks(Supplier<String> url, String secret, List<String> events) {}

  private final ApiClient levers;
  private final ApiClient api;
  private final Optional<Webhooks> webhooks;

  StripeSandbox(SandboxServer server, Optional<Webhooks> webhooks) {
    this.levers =
        ApiClient.of(() -> {
          server.awaitReady();
          return server.url();
        });
    this.api = levers.with("Authorization", "Bearer " + API_KEY);
    this.webhooks = webhooks;
  }

  /** The session of a page's address. */
  public String sessionOf(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** The buyer pays on the page. Returns the payment intent. */
  public String pay(String session) {
    return lever("checkout-sessions/" + session + "/pay", Map.of("email", BUYER))
        .text("payment_intent");
  }

  /**
   * The buyer pays on the page, and their bank takes its time. Returns the payment intent, which is
   * {@code processing} until {@link #bankPays} or {@link #bankRefuses}.
   */
  public String payThroughASlowBank(String session) {
    return lever(
            "checkout-sessions/" + session + "/pay",
            Map.of("email", BUYER, "captureDelayMs", SLOW_BANK.toMillis()))
        .text("payment_intent");
  }

  /** Whoever has the card fails to authenticate a payment that their bank has asked about. */
  public void failToAuthenticate(String intent) {
    String path = "/_sandbox/payment-intents/" + intent + "/authentication";
    Answer answer = patiently(() -> levers.post(path, Map.of("outcome", "failed")));
    assertThat(answer.status()).isIn(PAYMENT_REQUIRED, NOT_ASKED);
  }

  /** The slow bank pays. */
  public void bankPays(String intent) {
    lever("payment-intents/" + intent + "/processing-outcome", Map.of("outcome", "succeeded"));
  }

  /** The slow bank refuses. */
  public void bankRefuses(String intent) {
    lever("payment-intents/" + intent + "/processing-outcome", Map.of("outcome", "failed"));
  }

  /** The buyer tries a card that is declined; the page stays open. */
  public void decline(String session) {
    levers
        .post(
            "/_sandbox/checkout-sessions/" + session + "/pay",
            Map.of("email", BUYER, "card", DECLINED_CARD))
        .expect(PAYMENT_REQUIRED);
  }

  /** Somebody saves a card on the page. Returns the payment method. */
  public String saveCard(String session, String number) {
    String setup =
        lever("checkout-sessions/" + session + "/pay", Map.of("card", number)).text("setup_intent");
    return show("setup_intents/" + setup).path("payment_method").asString();
  }

  /** Somebody makes a card of a customer the default in the dashboard. */
  public void setDefaultInDashboard(String customer, String method) {
    post("/v1/customers/" + customer, Map.of("invoice_settings[default_payment_method]", method));
  }

  /** Somebody gives a subscription a card of its own in the dashboard. */
  public void setDefaultOfSubscriptionInDashboard(String subscription, String method) {
    post("/v1/subscriptions/" + subscription, Map.of("default_payment_method", method));
  }

  /**
   * Somebody sets a customer's balance in the dashboard.
   *
   * @param amountMinor below zero: it pays for the next invoices
   */
  public void setBalanceInDashboard(String customer, long amountMinor) {
    post("/v1/customers/" + customer, Map.of("balance", Long.toString(amountMinor)));
  }

  /** Whoever has the card authenticates a payment that their bank has asked about. */
  public void authenticate(String intent) {
    lever("payment-intents/" + intent + "/authentication", Map.of("outcome", "succeeded"));
  }

  /**
   * The same when the bank may decline the payment for another reason, or somebody else may have
   * paid or voided it a moment ago.
   *
   * @return whether it is paid
   */
  public boolean tryToAuthenticate(String intent) {
    String path = "/_sandbox/payment-intents/" + intent + "/authentication";
    Answer answer = patiently(() -> levers.post(path, Map.of("outcome", "succeeded")));
    assertThat(answer.status()).isIn(OK, PAYMENT_REQUIRED, NOT_ASKED);
    return answer.status() == OK;
  }

  /** Somebody gives a subscription another price in the dashboard, without settling the month. */
  public void setPriceInDashboard(String subscription, String item, String price) {
    post(
        "/v1/subscriptions/" + subscription,
        Map.of("items[0][id]", item, "items[0][price]", price, "proration_behavior", "none"));
  }

  /** Somebody releases a schedule in the dashboard: what it would change stays as it is. */
  public void releaseScheduleInDashboard(String schedule) {
    post("/v1/subscription_schedules/" + schedule + "/release", Map.of());
  }

  /** Somebody removes a card in the dashboard. */
  public void detachInDashboard(String method) {
    post("/v1/payment_methods/" + method + "/detach", Map.of());
  }

  /**
   * A card's bank declines it from now on.
   *
   * @param code Stripe's decline code
   */
  public void decline(String method, String code) {
    lever("payment-methods/" + method + "/behaviour", Map.of("decline", code));
  }

  /** The bank has replaced a card, and its network says so. */
  public void renewCard(String method, int expMonth, int expYear, String last4) {
    lever(
        "payment-methods/" + method + "/network-update",
        Map.of("expMonth", expMonth, "expYear", expYear, "last4", last4));
  }

  /** Somebody ends a subscription in Stripe's dashboard, at once. */
  public void cancelInDashboard(String subscription) {
    patiently(() -> api.delete("/v1/subscriptions/" + subscription)).expect(OK);
  }

  /** Somebody cancels a subscription to a date in the dashboard. */
  public void endInDashboard(String subscription, Instant end) {
    post(
        "/v1/subscriptions/" + subscription,
        Map.of("cancel_at", Long.toString(end.getEpochSecond())));
  }

  /** Somebody takes that back. */
  public void endNotInDashboard(String subscription) {
    post("/v1/subscriptions/" + subscription, Map.of("cancel_at", ""));
  }

  /** Somebody pauses a subscription in the dashboard. */
  public void pause(String subscription) {
    lever("subscriptions/" + subscription + "/pause", Map.of());
  }

  /** Somebody lets a paused subscription go on. */
  public void resume(String subscription) {
    lever("subscriptions/" + subscription + "/resumption", Map.of());
  }

  /** Stripe cancels a subscription because it is not paid, as a setting may say. */
  public void giveUp(String subscription) {
    lever("subscriptions/" + subscription + "/delinquency", Map.of());
  }

  /** A draft cannot be finalized. */
  public void failFinalization(String invoice) {
    lever("invoices/" + invoice + "/finalization-failure", Map.of());
  }

  /** Somebody finalizes a draft in the dashboard. */
  public void finalizeInDashboard(String invoice) {
    post("/v1/invoices/" + invoice + "/finalize", Map.of());
  }

  /**
   * Stripe tells something of an open invoice.
   *
   * @param what {@code due-soon}, {@code overdue} or {@code attempt-required}
   */
  public void tell(String invoice, String what) {
    lever("invoices/" + invoice + "/" + what, Map.of());
  }

  /** More is paid of an invoice than it asks for. */
  public void overpay(String invoice, long amountMinor) {
    lever("invoices/" + invoice + "/overpayment", Map.of("amountMinor", amountMinor));
  }

  /** Somebody credits a part of a paid invoice in the dashboard. */
  public void credit(String invoice, long amountMinor) {
    lever("invoices/" + invoice + "/credit-notes", Map.of("amountMinor", amountMinor));
  }

  /** Somebody voids an open invoice in the dashboard: nobody can pay it any more. */
  public void voidInDashboard(String invoice) {
    post("/v1/invoices/" + invoice + "/void", Map.of());
  }

  /** The buyer leaves the page for good: it expires now. */
  public void abandon(String session) {
    lever("checkout-sessions/" + session + "/abandon", Map.of());
  }

  /** Somebody pays without a page of ours. Returns the payment intent. */
  public String receive(long amountMinor, String currency, Map<String, String> metadata) {
    return receiveBy("pm_card_visa", amountMinor, currency, metadata);
  }

  /** The same from somebody whose address Stripe knows, so that it can ask where refunds go. */
  public String receiveFrom(
      String email, long amountMinor, String currency, Map<String, String> metadata) {
    Map<String, String> card =
        Map.of("type", "card", "card[token]", "tok_visa", "billing_details[email]", email);
    return receiveBy(post("/v1/payment_methods", card).text("id"), amountMinor, currency, metadata);
  }

  private String receiveBy(
      String paymentMethod, long amountMinor, String currency, Map<String, String> metadata) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("amount", Long.toString(amountMinor));
    form.put("currency", currency);
    form.put("payment_method", paymentMethod);
    form.put("confirm", "true");
    metadata.forEach((name, value) -> form.put("metadata[" + name + "]", value));
    return post("/v1/payment_intents", form).text("id");
  }

  /** Somebody begins to pay without a page of ours, and stops. Returns the payment intent. */
  public String begin(long amountMinor, String currency) {
    return post(
            "/v1/payment_intents",
            Map.of("amount", Long.toString(amountMinor), "currency", currency))
        .text("id");
  }

  /**
   * Somebody charges a card without a payment intent, as other software may. Returns the charge.
   */
  public String chargeWithoutIntent(long amountMinor, String currency) {
    return post(
            "/v1/charges",
            Map.of(
                "amount", Long.toString(amountMinor), "currency", currency, "source", "tok_visa"))
        .text("id");
  }

  /** Stripe takes or gives something by itself. Returns the balance transaction. */
  public String book(String type, long amountMinor, String currency) {
    return lever(
            "balance-transactions",
            Map.of("type", type, "amountMinor", amountMinor, "currency", currency))
        .text("id");
  }

  /** Stripe takes or gives something on a connected account. Returns the balance transaction. */
  public String bookOn(String account, String type, long amountMinor, String currency) {
    Map<String, Object> wanted =
        Map.of(
            "type", type,
            "amountMinor", amountMinor,
            "currency", currency,
            "accountId", account);
    return lever("balance-transactions", wanted).text("id");
  }

  /** Somebody refunds a part of a payment in the dashboard. Returns the refund. */
  public String refundInDashboard(String intent, long amountMinor) {
    return lever("refunds", Map.of("chargeId", chargeOf(intent), "amountMinor", amountMinor))
        .text("id");
  }

  /** Refunds wait until their receivers have acted, from now on: they are pending. */
  public void letRefundsWait() {
    levers.put("/_sandbox/settings", Map.of("refundsNeedAction", true)).expect(OK);
  }

  /** Refunds of more than the available balance wait until it is there, from now on. */
  public void letRefundsNeedBalance() {
    levers.put("/_sandbox/settings", Map.of("refundsNeedBalance", true)).expect(OK);
  }

  /** The receiver of a refund that waits acts, and the refund succeeds. */
  public void completeRefund(String refund) {
    lever("refunds/" + refund + "/completion", Map.of());
  }

  /** The bank sends the money of a refund back. */
  public void failRefund(String refund) {
    lever("refunds/" + refund + "/failure", Map.of());
  }

  /** The same, for this reason of Stripe's. */
  public void failRefund(String refund, String reason) {
    lever("refunds/" + refund + "/failure", Map.of("reason", reason));
  }

  /** Somebody calls off a refund that waits. */
  public void cancelRefund(String refund) {
    post("/v1/refunds/" + refund + "/cancel", Map.of());
  }

  /** Somebody calls off a refund to a card in the dashboard, soon after it has succeeded. */
  public void cancelRefundInDashboard(String refund) {
    lever("refunds/" + refund + "/cancellation", Map.of());
  }

  /** Somebody deletes a customer in the dashboard. */
  public void deleteCustomer(String customer) {
    patiently(() -> api.delete("/v1/customers/" + customer)).expect(OK);
  }

  /** The buyer's bank takes back all that is left of a payment. Returns the dispute. */
  public String dispute(String intent) {
    return dispute(intent, Map.of());
  }

  /**
   * The buyer's bank disputes a payment. Returns the dispute.
   *
   * @param wanted as the sandbox's lever takes it, for example {@code amountMinor}, {@code inquiry}
   */
  public String dispute(String intent, Map<String, Object> wanted) {
    return lever("charges/" + chargeOf(intent) + "/disputes", wanted).text("id");
  }

  /** The bank decides against us; an inquiry cannot be lost. */
  public void loseDispute(String dispute) {
    lever("disputes/" + dispute + "/decision", Map.of("outcome", "lost"));
  }

  /** The bank decides for us, also after it had decided against us; an inquiry ends. */
  public void winDispute(String dispute) {
    lever("disputes/" + dispute + "/decision", Map.of("outcome", "won"));
  }

  /** The bank decides for us, and gives only a part back. */
  public void winDispute(String dispute, long reinstatedMinor) {
    lever(
        "disputes/" + dispute + "/decision",
        Map.of("outcome", "won", "reinstatedMinor", reinstatedMinor));
  }

  /** After its inquiry the bank takes the money. */
  public void escalateDispute(String dispute) {
    lever("disputes/" + dispute + "/escalation", Map.of());
  }

  /** The card's bank suspects that a payment is fraud. Returns the warning. */
  public String warnOfFraud(String intent) {
    return lever("charges/" + chargeOf(intent) + "/fraud-warnings", Map.of()).text("id");
  }

  /** Connects an account that can take transfers. Returns its id. */
  public String connectAccount() {
    Map<String, String> form =
        Map.of(
            "country", "CA",
            "controller[fees][payer]", "application",
            "controller[losses][payments]", "application",
            "controller[requirement_collection]", "stripe",
            "controller[stripe_dashboard][type]", "express",
            "capabilities[transfers][requested]", "true",
            "settings[payouts][schedule][interval]", "manual");
    String account = post("/v1/accounts", form).text("id");
    completeOnboarding(account);
    return account;
  }

  /** Somebody transfers money to a connected account in the dashboard. Returns the transfer. */
  public String transferInDashboard(String account, long amountMinor, String currency) {
    Map<String, String> form =
        Map.of("amount", Long.toString(amountMinor), "currency", currency, "destination", account);
    return post("/v1/transfers", form).text("id");
  }

  /** Somebody reverses a transfer in the dashboard. Returns the balance transaction. */
  public String reverseInDashboard(String transfer) {
    return post("/v1/transfers/" + transfer + "/reversals", Map.of()).text("balance_transaction");
  }

  /** A card's bank only asks about a charge. Returns the dispute. */
  public String inquireAbout(String charge) {
    return lever("charges/" + charge + "/disputes", Map.of("inquiry", true)).text("id");
  }

  /** Somebody completes all that Stripe wants to know about a connected account. */
  public void completeOnboarding(String account) {
    lever("accounts/" + account + "/onboarding", Map.of());
  }

  /** Stripe wants to know more about a connected account, which goes on until the deadline. */
  public void require(String account, String... fields) {
    lever("accounts/" + account + "/requirements", Map.of("currentlyDue", List.of(fields)));
  }

  /** Stripe disables a connected account because something is missing. */
  public void disable(String account, String reason, String... fields) {
    lever(
        "accounts/" + account + "/requirements",
        Map.of("currentlyDue", List.of(fields), "disabledReason", reason));
  }

  /** The owner of a connected account ends the connection. */
  public void disconnect(String account) {
    lever("accounts/" + account + "/deauthorization", Map.of());
  }

  /** The bank sends a payout of a connected account back. */
  public void failPayout(String payout) {
    lever("payouts/" + payout + "/failure", Map.of("code", "declined"));
  }

  /** What a connected account has, as Stripe shows it, for example {@code payouts/po_1}. */
  public JsonNode showOn(String account, String path) {
    return api.with("Stripe-Account", account).get("/v1/" + path).expect(OK).body();
  }

  /** Every refund of a payment intent, newest first. */
  public List<String> refundsOf(String intent) {
    return show("refunds?payment_intent=" + intent)
        .path("data")
        .valueStream()
        .map(refund -> refund.path("id").asString())
        .toList();
  }

  /** The charge of a payment intent. */
  public String chargeOf(String intent) {
    return show("payment_intents/" + intent).path("latest_charge").asString();
  }

  /** The balance transaction of a payment intent's charge, which appears a moment after it. */
  public String settlementOf(String intent) {
    String charge = chargeOf(intent);
    return await()
        .atMost(MAX_WAIT_TIME)
        .until(
            () -> show("charges/" + charge).path("balance_transaction").asString(""),
            transaction -> !transaction.isEmpty());
  }

  /** The balance transaction of a refund. */
  public String bookingOf(String refund) {
    return show("refunds/" + refund).path("balance_transaction").asString();
  }

  /** All of a list as Stripe shows it, for example {@code charges?customer=cus_1}. */
  public List<JsonNode> list(String path) {
    String page = path + (path.contains("?") ? "&" : "?") + "limit=100";
    List<JsonNode> all = new ArrayList<>();
    JsonNode answer = show(page);
    answer.path("data").forEach(all::add);
    while (answer.path("has_more").asBoolean()) {
      answer = show(page + "&starting_after=" + all.getLast().path("id").asString());
      answer.path("data").forEach(all::add);
    }
    return all;
  }

  /** An object as Stripe shows it, for example {@code checkout/sessions/cs_test_1}. */
  public JsonNode show(String path) {
    return api.get("/v1/" + path).expect(OK).body();
  }

  /** The next answers to such requests are lost: it is done, and then the connection breaks. */
  public void loseAnswers(String method, String path, int times) {
    fail(method, path, times, "drop-after");
  }

  /**
   * Stripe fails at the next requests like this, and stores that under their keys: it answers the
   * same whenever they are repeated.
   */
  public void storeFailures(String method, String path, int times) {
    fail(method, path, times, "saved-500");
  }

  /** Stripe answers the next requests like this late. */
  public void delayAnswers(String method, String path, int times, Duration delay) {
    setFaults(
        Map.of(
            "method",
            method,
            "path",
            path,
            "times",
            times,
            "kind",
            "delay",
            "ms",
            delay.toMillis()));
  }

  private void fail(String method, String path, int times, String kind) {
    setFaults(Map.of("method", method, "path", path, "times", times, "kind", kind));
  }

  private void setFaults(Map<String, Object> fault) {
    levers.put("/_sandbox/faults", List.of(fault)).expect(OK);
  }

  /** Events that happen from now on are not posted. */
  public void loseWebhooks(String... types) {
    levers
        .put("/_sandbox/webhook-faults", Map.of("drop", true, "types", List.of(types)))
        .expect(OK);
  }

  /** Events that happen from now on are posted again. */
  public void deliverWebhooks() {
    levers.put("/_sandbox/webhook-faults", Map.of()).expect(OK);
  }

  /** Posts the events of one type about an object that were lost. */
  public void redeliver(String type, String object) {
    List<String> events =
        show("events?limit=100&type=" + type)
            .path("data")
            .valueStream()
            .filter(
                event -> event.path("data").path("object").path("id").asString("").equals(object))
            .map(event -> event.path("id").asString())
            .toList();
    assertThat(events).as("%s about %s", type, object).isNotEmpty();
    events.forEach(event -> lever("webhooks/redeliver", Map.of("eventId", event)));
  }

  /** Moves the sandbox's clock, forwards or back; what becomes due on the way is done. */
  public void setClock(Instant now) {
    long offsetSeconds = Duration.between(Clock.systemUTC().instant(), now).toSeconds();
    levers.put("/_sandbox/clock", Map.of("offsetSeconds", offsetSeconds)).expect(OK);
  }

  /** Moves the sandbox's clock forwards; what becomes due on the way is done. */
  public void advanceClock(Duration duration) {
    lever("clock/advance", Map.of("seconds", duration.toSeconds()));
  }

  /** Everything that Stripe has for us in a currency, available or pending. */
  public long balance(String currency) {
    return levers
        .get("/_sandbox/state")
        .expect(OK)
        .body()
        .path("balances")
        .valueStream()
        .filter(balance -> balance.path("currency").asString().equals(currency))
        .mapToLong(balance -> balance.path("total").asLong())
        .sum();
  }

  /** Forgets every object, key, fault and setting; only the service's endpoint is there again. */
  public void reset() {
    lever("reset", Map.of());
    webhooks.ifPresent(endpoint ->
        levers
            .put(
                "/_sandbox/webhook-endpoints",
                Map.of(
                    "url", endpoint.url().get(),
                    "secret", endpoint.secret(),
                    "events", endpoint.events()))
            .expect(OK));
  }

  /** From now on events are posted twice, late, in another order or never; see the README. */
  public void setWebhookFaults(Map<String, Object> fault) {
    levers.put("/_sandbox/webhook-faults", fault).expect(OK);
  }

  /** How many events are to be posted, or posted again. */
  public long pendingDeliveries() {
    return levers.get("/_sandbox/webhooks/pending").expect(OK).body().path("events").asLong();
  }

  /** Ends all faults and settings of a test. */
  public void heal() {
    levers.put("/_sandbox/faults", List.of()).expect(OK);
    levers.put("/_sandbox/settings", Map.of()).expect(OK);
    deliverWebhooks();
  }

  private Answer lever(String path, Object body) {
    return patiently(() -> levers.post("/_sandbox/" + path, body)).expect(OK);
  }

  private Answer post(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return patiently(
            () -> api.with("Content-Type", "application/x-www-form-urlencoded").post(path, body))
        .expect(OK);
  }

  /** Again while another request holds the object, as Stripe's clients do. */
  private static Answer patiently(Callable<Answer> request) {
    return await()
        .pollDelay(Duration.ZERO)
        .atMost(MAX_WAIT_TIME)
        .until(request, answer -> answer.status() != TOO_MANY_REQUESTS);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
