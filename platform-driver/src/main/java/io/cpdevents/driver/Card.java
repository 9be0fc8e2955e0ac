package io.cpdevents.driver;

/** Cards of Stripe's test mode (https://docs.stripe.com/testing). */
public enum Card {
  /** Works. */
  PAYS("4242424242424242"),
  /** The bank says no. */
  DECLINED("4000000000000002"),
  /** There is not enough on it. */
  INSUFFICIENT_FUNDS("4000000000009995"),
  /** Works, and the bank sends a refund back a second after it has succeeded. */
  REFUSES_REFUNDS("4000000000005126"),
  /** Works, and a refund takes a second. */
  REFUNDS_SLOWLY("4000000000007726"),
  /** Works, and the platform can use the money at once. */
  IS_AVAILABLE_AT_ONCE("4000000000000077"),
  /** Works, and its buyer disputes the payment two seconds later. */
  IS_DISPUTED("4000000000000259"),
  /** Works, and its bank warns of fraud at once. */
  IS_WARNED_OF("4000000000005423"),
  /** Its bank wants whoever has it to authenticate each payment. */
  IS_AUTHENTICATED("4000000000003220");

  private final String number;

  Card(String number) {
    this.number = number;
  }

  /** What stands on it. */
  public String number() {
    return number;
  }
}
