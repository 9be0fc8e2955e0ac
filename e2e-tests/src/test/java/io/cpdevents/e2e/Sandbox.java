package io.cpdevents.e2e;

import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The levers of the stand-in for Stripe. */
record Sandbox(Api api) {

  Api.Answer pay(String sessionId, Card card) {
    return api.post(
        "/_sandbox/checkout-sessions/" + sessionId + "/pay", Map.of("card", card.number()));
  }

  Api.Answer paySlowly(String sessionId, Duration atMost) {
    return api.post(
        "/_sandbox/checkout-sessions/" + sessionId + "/pay",
        Map.of("card", Card.PAYS.number(), "captureDelayMs", atMost.toMillis()));
  }

  /** The slow bank's money arrives now. */
  void moneyArrives(String paymentIntentId) {
    api.post(
            "/_sandbox/payment-intents/" + paymentIntentId + "/processing-outcome",
            Map.of("outcome", "succeeded"))
        .expect(200);
  }

  /** What goes wrong with webhooks until {@link #webhooksAreFine}. */
  void webhooksAre(Map<String, Object> fault) {
    api.put("/_sandbox/webhook-faults", fault).expect(200);
  }

  void webhooksAreFine() {
    webhooksAre(Map.of());
  }

  /** Posts every event of the last while once more. */
  int redeliversEverythingSince(long epochSecond) {
    return api.post("/_sandbox/webhooks/redeliver", Map.of("since", epochSecond))
        .expect(200)
        .json()
        .get("events")
        .asInt();
  }

  JsonNode state() {
    return api.get("/_sandbox/state").expect(200).json();
  }
}
