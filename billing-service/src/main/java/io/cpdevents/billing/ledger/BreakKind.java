package io.cpdevents.billing.ledger;

import java.time.Duration;
import java.util.List;

/** Why something does not match, and what a person can do about it. */
public enum BreakKind {
  UNKNOWN_PAYMENT(Nature.QUARANTINED, "Find out whose money it is, or refund the charge."),
  DUPLICATE_CAPTURE(Nature.QUARANTINED, "The payment was captured before: refund this charge."),
  WRONG_AMOUNT(
      Nature.QUARANTINED, "Refund the charge, or take the difference to the payment by hand."),
  WRONG_CURRENCY(Nature.QUARANTINED, "Refund the charge."),
  BALANCE_TRANSACTION_MISMATCH(
      Nature.UNEXPLAINED, "Compare the charge or refund with its balance transaction."),
  UNEXPLAINED_BALANCE_TRANSACTION(
      Nature.UNEXPLAINED, "Find the cause at Stripe and post it out of suspense."),
  UNKNOWN_REFUND(
      Nature.UNEXPLAINED, "Find out why it was refunded at Stripe and post it out of suspense."),
  UNKNOWN_DISPUTE(
      Nature.UNEXPLAINED,
      "Find out whose money is disputed, answer at Stripe, and post the loss out of suspense."),
  NOT_BOOKED(
      Nature.MISMATCHED,
      "Stripe's balance has moved and the ledger has no journal for it: look in the log why it could"
          + " not be settled."),
  BOOKED_OTHERWISE(
      Nature.MISMATCHED,
      "The ledger's journal moves `stripe` by another amount than Stripe's balance has moved: find"
          + " out who changed it."),
  BOOKED_WITHOUT_TRANSACTION(
      Nature.MISMATCHED,
      "The ledger moves `stripe` and Stripe's balance has not moved: find out who posted the"
          + " journal."),
  CAUSE_NOT_BOOKED(
      Nature.MISMATCHED,
      "Stripe's balance has moved for a charge or a refund, and the ledger has no journal of it: find"
          + " out who removed it."),
  JOURNAL_UNBALANCED(
      Nature.MISMATCHED,
      "The postings of the journal do not sum to zero: find out who changed them."),
  NOT_AT_STRIPE(
      Nature.MISMATCHED,
      "We have a balance transaction that Stripe does not list: find out where it came from."),
  STRIPE_BALANCE_DIFFERS(
      Nature.MISMATCHED,
      "Stripe's balance is not that of the ledger, and no single transaction explains it: compare"
          + " Stripe's report of the balance with the closed days."),
  CLOSED_DAY_CHANGED(
      Nature.MISMATCHED,
      "A closed day has not the hash any more with which it was closed: compare its lines with a"
          + " copy, and find out who changed them."),
  DISPUTE_EXCEEDS_CHARGE(
      Nature.TASK,
      "More was disputed than was left of the payment: write the difference off when it is lost."),
  DISPUTE_IN_OTHER_CURRENCY(
      Nature.TASK,
      "The organization's money is held: compare with Stripe's exchange, then write off or"
          + " release."),
  BALANCES_DIFFER(
      Nature.TASK,
      "payout-service has another sum of the organization's entries: look for its parked messages,"
          + " then compare its entries with the journals."),
  ORGANIZATION_NEGATIVE(
      Nature.TASK,
      "The organization keeps owing the platform money: ask it to pay, or write the debt off. While"
          + " disputes of what it was paid are open, wait for the banks: what it wins comes back."),
  MONEY_LIES_LONG(
      Nature.TASK,
      "The organization's money lies longer than 75 days, and Stripe lets it for 90 in most"
          + " countries: pay it out, or ask Stripe."),
  REFUND_OWED(
      Nature.TASK,
      "The refund failed for good: look at Stripe whether the buyer has the money by another"
          + " refund; if not, refund it there or pay in another way.");

  /** What kinds of breaks have in common. */
  public enum Nature {
    /** A balance transaction whose money stands in suspense: people say what it is. */
    UNEXPLAINED(Owner.PLATFORM_FINANCE, Duration.ofDays(2), true),
    /** A charge that nobody wanted, whose money stands in suspense until it has gone back. */
    QUARANTINED(Owner.PLATFORM_FINANCE, Duration.ofDays(2), true),
    /** Rows of Stripe and of the ledger that are not the same: a defect, or somebody's hand. */
    MISMATCHED(Owner.OPERATIONS, Duration.ofDays(1), true),
    /** Every cent is explained, and something is to be done. */
    TASK(Owner.PLATFORM_FINANCE, Duration.ofDays(7), false);

    private final Owner owner;
    private final Duration timeToAct;
    private final boolean holdsDay;

    Nature(Owner owner, Duration timeToAct, boolean holdsDay) {
      this.owner = owner;
      this.timeToAct = timeToAct;
      this.holdsDay = holdsDay;
    }
  }

  /** Who has to do something about a break. */
  public enum Owner {
    /** People who decide about money. */
    PLATFORM_FINANCE,
    /** People who run the platform, and can look into its databases. */
    OPERATIONS
  }

  private final Nature nature;
  private final String suggestedAction;

  BreakKind(Nature nature, String suggestedAction) {
    this.nature = nature;
    this.suggestedAction = suggestedAction;
  }

  /** Whether its day cannot be closed while it is open. */
  public boolean holdsDay() {
    return nature.holdsDay;
  }

  /** Who has to do something about it. */
  public Owner owner() {
    return nature.owner;
  }

  /** How long that may take. */
  Duration timeToAct() {
    return nature.timeToAct;
  }

  /** Where its money can be posted out of suspense; nothing when it is resolved by other means. */
  public List<String> allowedAccounts() {
    return nature == Nature.UNEXPLAINED ? ResolutionAccounts.PATTERNS : List.of();
  }

  String suggestedAction() {
    return suggestedAction;
  }
}
