package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The levers of the stand-in for Stripe. */
public record Sandbox(Api api) {

  private static final String API_KEY = "sk_test_local";

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

  /** Balances, and what is under way. */
  public JsonNode state() {
    return api.get("/_sandbox/state").expect(200).json();
  }
}
