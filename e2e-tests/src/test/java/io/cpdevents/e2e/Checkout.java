package io.cpdevents.e2e;

import java.time.Duration;

/** Stripe's page with a person in front of it. */
record Checkout(World world, String sessionId) {

  /** Pays; the card must work. */
  void paysWith(Card card) {
    world.stripe().pay(sessionId, card).expect(200);
  }

  /** Tries a card that the bank refuses. */
  void isDeclined(Card card) {
    world.stripe().pay(sessionId, card).expect(402);
  }

  /**
   * Pays through a bank that takes its time.
   *
   * @return Stripe's payment intent, which is processing
   */
  String paysSlowly(Duration atMost) {
    return world
        .stripe()
        .paySlowly(sessionId, atMost)
        .expect(200)
        .json()
        .get("payment_intent")
        .asString();
  }
}
