package io.cpdevents.billing.ledger;

/** Why something does not match, and what a person can do about it. */
public enum BreakKind {
  UNKNOWN_PAYMENT("Find out whose money it is, or refund the charge."),
  DUPLICATE_CAPTURE("The payment was captured before: refund this charge."),
  WRONG_AMOUNT("Refund the charge, or take the difference to the payment by hand."),
  WRONG_CURRENCY("Refund the charge."),
  BALANCE_TRANSACTION_MISMATCH("Compare the charge or refund with its balance transaction."),
  UNEXPLAINED_BALANCE_TRANSACTION("Find the cause at Stripe and post it out of suspense."),
  UNKNOWN_REFUND("Find out why it was refunded at Stripe and post it out of suspense."),
  UNKNOWN_DISPUTE(
      "Find out whose money is disputed, answer at Stripe, and post the loss out of suspense."),
  NOT_BOOKED(
      "Stripe's balance has moved and the ledger has no journal for it: look in the log why it could"
          + " not be settled."),
  BOOKED_OTHERWISE(
      "The ledger's journal moves `stripe` by another amount than Stripe's balance has moved: find"
          + " out who changed it."),
  BOOKED_WITHOUT_TRANSACTION(
      "The ledger moves `stripe` and Stripe's balance has not moved: find out who posted the"
          + " journal."),
  NOT_AT_STRIPE(
      "We have a balance transaction that Stripe does not list: find out where it came from."),
  STRIPE_BALANCE_DIFFERS(
      "Stripe's balance is not that of the ledger, and no single transaction explains it: compare"
          + " Stripe's report of the balance with the closed days."),
  CLOSED_DAY_CHANGED(
      "A closed day has not the hash any more with which it was closed: compare its lines with a"
          + " copy, and find out who changed them."),
  DISPUTE_EXCEEDS_CHARGE(
      Holds.NOTHING,
      "More was disputed than was left of the payment: write the difference off when it is lost."),
  DISPUTE_IN_OTHER_CURRENCY(
      Holds.NOTHING,
      "The organization's money is held: compare with Stripe's exchange, then write off or"
          + " release."),
  BALANCES_DIFFER(
      Holds.NOTHING,
      "payout-service has another sum of the organization's entries: look for its parked messages,"
          + " then compare its entries with the journals."),
  ORGANIZATION_NEGATIVE(
      Holds.NOTHING,
      "The organization keeps owing the platform money: ask it to pay, or write the debt off."),
  MONEY_LIES_LONG(
      Holds.NOTHING,
      "The organization's money lies longer than 75 days, and Stripe lets it for 90 in most"
          + " countries: pay it out, or ask Stripe."),
  REFUND_OWED(
      Holds.NOTHING,
      "The refund failed for good: look at Stripe whether the buyer has the money by another"
          + " refund; if not, refund it there or pay in another way.");

  /** What waits for a break. */
  private enum Holds {
    /** Its day: until it is explained, nobody can say that the day is right. */
    DAY,
    /** Nothing: every cent is explained, and something is to be done. */
    NOTHING
  }

  private final Holds holds;
  private final String suggestedAction;

  BreakKind(String suggestedAction) {
    this(Holds.DAY, suggestedAction);
  }

  BreakKind(Holds holds, String suggestedAction) {
    this.holds = holds;
    this.suggestedAction = suggestedAction;
  }

  /** Whether its day cannot be closed while it is open. */
  public boolean holdsDay() {
    return holds == Holds.DAY;
  }

  String suggestedAction() {
    return suggestedAction;
  }
}
