package io.cpdevents.e2e;

/** Cards of Stripe's test mode (https://docs.stripe.com/testing). */
enum Card {
  PAYS("4242424242424242"),
  DECLINED("4000000000000002"),
  INSUFFICIENT_FUNDS("4000000000009995");

  private final String number;

  Card(String number) {
    this.number = number;
  }

  String number() {
    return number;
  }
}
