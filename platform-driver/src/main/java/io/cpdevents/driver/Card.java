package io.cpdevents.driver;

/** Cards of Stripe's test mode (https://docs.stripe.com/testing). */
public enum Card {
  /** Works. */
  PAYS("4242424242424242"),
  /** The bank says no. */
  DECLINED("4000000000000002"),
  /** There is not enough on it. */
  INSUFFICIENT_FUNDS("4000000000009995");

  private final String number;

  Card(String number) {
    this.number = number;
  }

  /** What stands on it. */
  public String number() {
    return number;
  }
}
