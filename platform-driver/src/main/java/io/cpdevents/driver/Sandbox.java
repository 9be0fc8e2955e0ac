package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The levers of the stand-in for Stripe. */
public record Sandbox(Api api) {

  private static final String API_KEY = "sk_test_local";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** What keys begin with under which somebody else than our services asks Stripe for something. */
  public static final String OTHERS_KEYS = "somebody-else:";

  private static final Set<String> OPEN =
      Set.of("needs_response", "under_review", "warning_needs_response", "warning_under_review");

  /** Pays a page. */
  public Answer pay(String sessionId, Card card) {
    return api.post(
        "/_sandbox/checkout-sessions/" + sessionId + "/pay", Map.of("card", card.number()));
  }

  /** Pays a page through a bank that takes its time. */
  public Answer paySlowly(String sessionId, Duration atMost) {
    return api.post(
        "/_sandbox/checkout-sessions/" + sessionId + "/pay",
        Map.of("card", Card.PAYS.number(), "captureDelayMs", atMost.toMillis()));
  }

  /** A card's bank declines it from now on, for Stripe's code of a reason. */
  public void declines(String cardId, String code) {
    api.post("/_sandbox/payment-methods/" + cardId + "/behaviour", Map.of("decline", code))
        .expect(200);
  }

  /** A card's bank and network say when it expires: at the end of this month. */
  public void expires(String cardId, YearMonth last) {
    api.post(
            "/_sandbox/payment-methods/" + cardId + "/network-update",
            Map.of("expMonth", last.getMonthValue(), "expYear", last.getYear(), "last4", "0007"))
        .expect(200);
  }

  /** Whether the money for this page is there. */
  public boolean isPaid(String sessionId) {
    Answer session = api.bearing(API_KEY).get("/v1/checkout/sessions/" + sessionId).expect(200);
    return session.text("payment_status").equals("paid");
  }

  /** The slow bank's money arrives now. */
  public void moneyArrives(String paymentIntentId) {
    api.post(
            "/_sandbox/payment-intents/" + paymentIntentId + "/processing-outcome",
            Map.of("outcome", "succeeded"))
        .expect(200);
  }

  /** The slow bank refuses after all. */
  public void bankRefuses(String paymentIntentId) {
    api.post(
            "/_sandbox/payment-intents/" + paymentIntentId + "/processing-outcome",
            Map.of("outcome", "failed"))
        .expect(200);
  }

  /** Somebody enters all that Stripe wants to know about an organization. */
  public void completesOnboarding(String accountId) {
    api.post("/_sandbox/accounts/" + accountId + "/onboarding", Map.of()).expect(200);
  }

  /** The owner of an account ends its connection to the platform. */
  public void disconnects(String accountId) {
    api.post("/_sandbox/accounts/" + accountId + "/deauthorization", Map.of()).expect(200);
  }

  /** From now on an organization is paid in this currency to another bank account. */
  public void hasBankAccountIn(String accountId, String currency) {
    api.bearing(API_KEY)
        .with("Content-Type", FORM)
        .send(
            "POST",
            bankAccounts(accountId),
            "default_for_currency=true&external_account[object]=bank_account"
                + "&external_account[country]=CA&external_account[account_number]=000123456789"
                + "&external_account[routing_number]=11000-000&external_account[currency]="
                + currency.toLowerCase(Locale.ROOT))
        .expect(200);
  }

  /** Each bank account to which a payout has failed is replaced. */
  public void replacesBankAccounts(String accountId) {
    for (JsonNode bank :
        api.bearing(API_KEY).get(bankAccounts(accountId) + "?limit=100").expect(200).data()) {
      if (bank.path("status").asString().equals("errored")) {
        hasBankAccountIn(accountId, bank.path("currency").asString());
        api.bearing(API_KEY)
            .delete(bankAccounts(accountId) + "/" + bank.path("id").asString())
            .expect(200);
      }
    }
  }

  private static String bankAccounts(String accountId) {
    return "/v1/accounts/" + accountId + "/external_accounts";
  }

  /** Stripe does not let an organization be paid until it has answered something. */
  public void disables(String accountId) {
    api.post(
            "/_sandbox/accounts/" + accountId + "/requirements",
            Map.of("currentlyDue", List.of("company.tax_id"), "disabledReason", "under_review"))
        .expect(200);
  }

  /** The bank of an organization sends a payout back, if it can; what happens. */
  public Answer triesToFailPayout(String payoutId, String code) {
    return api.post("/_sandbox/payouts/" + payoutId + "/failure", Map.of("code", code));
  }

  /** All that was ever transferred to organizations. */
  public List<JsonNode> transfers() {
    List<JsonNode> transfers = new ArrayList<>();
    boolean more = true;
    while (more) {
      String after =
          transfers.isEmpty() ? "" : "&starting_after=" + transfers.getLast().path("id").asString();
      JsonNode page =
          api.bearing(API_KEY).get("/v1/transfers?limit=100" + after).expect(200).json();
      page.path("data").forEach(transfers::add);
      more = page.path("has_more").asBoolean();
    }
    return transfers;
  }

  /** What was transferred for a payout of ours. */
  public List<JsonNode> transfersFor(UUID payoutId) {
    return api.bearing(API_KEY)
        .get("/v1/transfers?limit=100&transfer_group=payout:" + payoutId)
        .expect(200)
        .data()
        .valueStream()
        .toList();
  }

  /** Somebody reverses a transfer in Stripe's dashboard; the balance transaction. */
  public String reverses(String transferId) {
    return likeOthers("/v1/transfers/" + transferId + "/reversals", "")
        .expect(200)
        .text("balance_transaction");
  }

  /** What was paid out from the account of an organization. */
  public List<JsonNode> payoutsOn(String accountId) {
    return api.bearing(API_KEY)
        .with("Stripe-Account", accountId)
        .get("/v1/payouts?limit=100")
        .expect(200)
        .data()
        .valueStream()
        .toList();
  }

  /** The charge that has paid a page, if there is one. */
  public Optional<String> chargeFor(String sessionId) {
    JsonNode session =
        api.bearing(API_KEY)
            .get("/v1/checkout/sessions/" + sessionId + "?expand[]=payment_intent")
            .expect(200)
            .json();
    return Optional.of(session.path("payment_intent"))
        .filter(intent -> intent.path("status").asString("").equals("succeeded"))
        .map(intent -> intent.path("latest_charge").asString());
  }

  /** The refunds of a charge, the newest first. */
  public List<JsonNode> refundsOf(String chargeId) {
    return api.bearing(API_KEY)
        .get("/v1/refunds?limit=100&charge=" + chargeId)
        .expect(200)
        .data()
        .valueStream()
        .toList();
  }

  /** Stripe takes or gives something by itself; the balance transaction's id. */
  public String moves(String type, long amountMinor, String currency) {
    return api.post(
            "/_sandbox/balance-transactions",
            Map.of("type", type, "amountMinor", amountMinor, "currency", currency))
        .expect(200)
        .text("id");
  }

  /** Somebody, with an address for refunds, pays for a payment past its page; what happens. */
  public Answer triesToPayPastThePage(UUID paymentId, long amountMinor, String currency) {
    Answer card =
        likeOthers(
            "/v1/payment_methods",
            "type=card&card[token]=tok_visa&billing_details[email]=somebody@example.org");
    if (!card.isSuccess()) {
      return card;
    }
    return likeOthers(
        "/v1/payment_intents",
        "amount=%d&currency=%s&payment_method=%s&confirm=true&metadata[paymentId]=%s"
            .formatted(amountMinor, currency.toLowerCase(Locale.ROOT), card.text("id"), paymentId));
  }

  /**
   * Somebody calls off a refund that waits for its receiver, in Stripe's dashboard; what happens.
   */
  public Answer triesToCallOffRefund(String refundId) {
    return likeOthers("/v1/refunds/" + refundId + "/cancel", "");
  }

  /** The same for a refund to a card that has succeeded. */
  public Answer triesToCallOffSucceededRefund(String refundId) {
    return api.post("/_sandbox/refunds/" + refundId + "/cancellation", Map.of());
  }

  private Answer likeOthers(String path, String form) {
    return api.bearing(API_KEY)
        .with("Content-Type", FORM)
        .with("Idempotency-Key", OTHERS_KEYS + UUID.randomUUID())
        .send("POST", path, form);
  }

  /** Somebody refunds so much in Stripe's dashboard; what happens. */
  public Answer triesRefundInDashboard(String chargeId, long amountMinor) {
    return api.post("/_sandbox/refunds", Map.of("chargeId", chargeId, "amountMinor", amountMinor));
  }

  /** The buyer of a charge disputes it at the bank; the dispute's id. */
  public String opensDispute(String chargeId, Map<String, Object> terms) {
    return triesToDispute(chargeId, terms).expect(200).text("id");
  }

  /** The same, and what happens. */
  public Answer triesToDispute(String chargeId, Map<String, Object> terms) {
    return api.post("/_sandbox/charges/" + chargeId + "/disputes", terms);
  }

  /**
   * A dispute as Stripe shows it.
   *
   * @param status Stripe's word
   */
  public record DisputeAtStripe(String id, String status, long amountMinor) {

    /** Whether the bank has not decided it. */
    public boolean isOpen() {
      return OPEN.contains(status);
    }

    /** Whether the buyer has won it. */
    public boolean isLost() {
      return status.equals("lost");
    }
  }

  /** The disputes of a charge. */
  public List<DisputeAtStripe> disputesOf(String chargeId) {
    return api.bearing(API_KEY)
        .get("/v1/disputes?limit=100&charge=" + chargeId)
        .expect(200)
        .data()
        .valueStream()
        .map(dispute ->
            new DisputeAtStripe(
                dispute.path("id").asString(),
                dispute.path("status").asString(),
                dispute.path("amount").asLong()))
        .toList();
  }

  /** The bank decides: won, or lost, by the organization. */
  public Answer triesToDecide(String disputeId, String outcome) {
    return api.post("/_sandbox/disputes/" + disputeId + "/decision", Map.of("outcome", outcome));
  }

  /** The organization wins, and so much comes back; also after it had lost. */
  public Answer triesToWin(String disputeId, long reinstatedMinor) {
    return api.post(
        "/_sandbox/disputes/" + disputeId + "/decision",
        Map.of("outcome", "won", "reinstatedMinor", reinstatedMinor));
  }

  /** The bank that has only asked takes the money. */
  public Answer triesToEscalate(String disputeId) {
    return api.post("/_sandbox/disputes/" + disputeId + "/escalation", Map.of());
  }

  /** The bank of the card warns of fraud. */
  public Answer triesToWarnOfFraud(String chargeId) {
    return api.post("/_sandbox/charges/" + chargeId + "/fraud-warnings", Map.of());
  }

  /** The buyer says where the money of a refund goes that Stripe cannot send by itself. */
  public Answer triesToCompleteRefund(String refundId) {
    return api.post("/_sandbox/refunds/" + refundId + "/completion", Map.of());
  }

  /** How Stripe behaves where that depends on the account, until {@link #behavesAsUsual}. */
  public void behaves(Map<String, Object> settings) {
    api.put("/_sandbox/settings", settings).expect(200);
  }

  /** It behaves as it does from the beginning. */
  public void behavesAsUsual() {
    behaves(Map.of());
  }

  /** The bank sends a refund back. */
  public Answer triesToReturnRefund(String refundId) {
    return api.post("/_sandbox/refunds/" + refundId + "/failure", Map.of());
  }

  /** What goes wrong with calls of the API until {@link #answersWell}. */
  public void answers(Map<String, Object> fault) {
    api.put("/_sandbox/faults", List.of(fault)).expect(200);
  }

  /** Nothing goes wrong with them any more. */
  public void answersWell() {
    api.put("/_sandbox/faults", List.of()).expect(200);
  }

  /** What goes wrong with webhooks until {@link #webhooksAreFine}. */
  public void webhooksAre(Map<String, Object> fault) {
    api.put("/_sandbox/webhook-faults", fault).expect(200);
  }

  /** Nothing goes wrong with them any more. */
  public void webhooksAreFine() {
    webhooksAre(Map.of());
  }

  /** Posts every event since then once more; how many there are. */
  public int redeliversEverythingSince(long epochSecond) {
    return api.post("/_sandbox/webhooks/redeliver", Map.of("since", epochSecond))
        .expect(200)
        .json()
        .path("events")
        .asInt();
  }

  /**
   * A POST to Stripe's API.
   *
   * @param path of its route, with {@code {id}} for ids
   */
  public record Post(String path, String idempotencyKey) {}

  /** Every POST that was answered. */
  public List<Post> posts() {
    List<Post> posts = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page =
          api.get("/_sandbox/posts?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8))
              .expect(200)
              .json()
              .path("data");
      if (page.isEmpty()) {
        return posts;
      }
      page.forEach(post ->
          posts.add(
              new Post(post.path("path").asString(), post.path("idempotencyKey").asString())));
      after = posts.getLast().idempotencyKey();
    }
  }

  /** Requests that Stripe would refuse in whatever state its objects are. */
  public JsonNode illegalRequests() {
    return api.get("/_sandbox/illegal-requests").expect(200).json().path("data");
  }

  /** The newest event of this type about an object, as it is posted. */
  public JsonNode event(String type, String objectId) {
    return api.bearing(API_KEY)
        .get("/v1/events?limit=100&type=" + type)
        .expect(200)
        .json()
        .path("data")
        .valueStream()
        .filter(event -> event.path("data").path("object").path("id").asString("").equals(objectId))
        .findFirst()
        .orElseThrow(() -> new NotAsExpected("no " + type + " about " + objectId));
  }

  /** Whether nothing happens there by itself after some seconds. */
  public boolean plansNothing() {
    return state().path("plannedSteps").asLong() == 0;
  }

  /** Balances, and what is under way. */
  public JsonNode state() {
    return api.get("/_sandbox/state").expect(200).json();
  }
}
