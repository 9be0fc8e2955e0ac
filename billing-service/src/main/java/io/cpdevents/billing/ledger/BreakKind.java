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
  DISPUTE_EXCEEDS_CHARGE(
      "More was disputed than was left of the payment: write the difference off when it is lost."),
  DISPUTE_IN_OTHER_CURRENCY(
      "The organization's money is held: compare with Stripe's exchange, then write off or"
          + " release."),
  BALANCES_DIFFER(
      "payout-service has another sum of the organization's entries: look for its parked messages,"
          + " then compare its entries with the journals."),
  ORGANIZATION_NEGATIVE(
      "The organization keeps owing the platform money: ask it to pay, or write the debt off. While"
          + " disputes of what it was paid are open, wait for the banks: what it wins comes back."),
  MONEY_LIES_LONG(
      "The organization's money lies longer than 75 days, and Stripe lets it for 90 in most"
          + " countries: pay it out, or ask Stripe."),
  REFUND_OWED(
      "The refund failed for good: look at Stripe whether the buyer has the money by another"
          + " refund; if not, refund it there or pay in another way.");

  private final String suggestedAction;

  BreakKind(String suggestedAction) {
    this.suggestedAction = suggestedAction;
  }

  String suggestedAction() {
    return suggestedAction;
  }
}
