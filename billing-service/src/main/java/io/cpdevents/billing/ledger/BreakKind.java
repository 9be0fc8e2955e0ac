package io.cpdevents.billing.ledger;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Why something does not match, and what a person can do about it. */
public enum BreakKind {
  UNKNOWN_PAYMENT(
      Nature.QUARANTINED,
      "Find out whose money it is and post it out of suspense, or refund the charge."),
  DUPLICATE_CAPTURE(
      Nature.QUARANTINED,
      "The payment was captured before: refund this charge, or post what a bank has taken beyond it."),
  WRONG_AMOUNT(
      Nature.QUARANTINED,
      "Refund the charge, or find out whose money it is and post it out of suspense."),
  WRONG_CURRENCY(
      Nature.QUARANTINED,
      "Refund the charge, or find out whose money it is and post it out of suspense."),
  BALANCE_TRANSACTION_MISMATCH(
      Nature.UNEXPLAINED,
      "Compare the charge or refund with its balance transaction. What Stripe has converted into"
          + " another currency belongs to `exchange`."),
  UNEXPLAINED_BALANCE_TRANSACTION(
      Nature.UNEXPLAINED,
      "Find the cause at Stripe and post it out of suspense; what was posted before its cause was"
          + " found goes back to the same account."),
  UNKNOWN_REFUND(
      Nature.UNEXPLAINED,
      "Find out why it was refunded at Stripe and post it out of suspense; what was posted before"
          + " its cause was found goes back to the same account."),
  UNKNOWN_DISPUTE(
      Nature.UNEXPLAINED,
      "Find out whose money is disputed, answer at Stripe, and post the loss out of suspense, with"
          + " the charge if that has a break of its own; what was posted before its cause was found goes back to the same account."),
  NOT_BOOKED(
      Nature.MISMATCHED,
      "Stripe's balance has moved and the ledger has no journal for it: look in the log why it"
          + " could not be settled."),
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
      "Stripe's balance has moved for a charge or a refund, and the ledger has no journal of it:"
          + " find out who removed it."),
  JOURNAL_CHANGED(
      Nature.MISMATCHED,
      "The journal is not what was posted, is gone, or was posted by nobody: find out who did that,"
          + " and restore it from the backup."),
  NOT_AT_STRIPE(
      Nature.MISMATCHED,
      "We have a balance transaction that Stripe does not list: find out where it came from."),
  LISTED_OTHERWISE(
      Nature.MISMATCHED,
      "Stripe lists a transaction of a closed day otherwise than it was when the day was closed: find"
          + " out who changed it here, or ask Stripe what it has changed."),
  STRIPE_BALANCE_DIFFERS(
      Nature.MISMATCHED,
      "Stripe's balance is not that of the ledger, and no single transaction explains it: compare"
          + " Stripe's report of the balance with the closed days."),
  CONNECTED_NOT_MATCHED(
      Nature.ELSEWHERE,
      "The balance of the organization's own Stripe account and the ledger's account `connected` have"
          + " not moved alike: look at the account at Stripe, and at payout-service's parked"
          + " messages. If nothing is missing there, find out what it was and post it."),
  CONNECTED_BALANCE_DIFFERS(
      Nature.TASK,
      "The organization's own Stripe account has not what the ledger's account `connected` has:"
          + " compare its transfers and payouts at Stripe with those of payout-service."),
  CLOSED_DAY_CHANGED(
      Nature.MISMATCHED,
      "A closed day has not the hash any more with which it was closed, or not the totals: compare"
          + " its lines with a copy, and find out who changed them."),
  DISPUTE_EXCEEDS_CHARGE(
      Nature.TASK,
      "More was disputed than was left of the payment: wait for the bank, then write off what it"
          + " has not given back."),
  DISPUTE_IN_OTHER_CURRENCY(
      Nature.TASK,
      "The organization's money is held, since nobody knows at which rate it was taken: wait for"
          + " the bank, then write off what it has not given back. The organization's money is"
          + " released with that."),
  BALANCES_DIFFER(
      Nature.TASK,
      "payout-service has another sum of the organization's entries: look for its parked messages,"
          + " then compare its entries with the journals."),
  ORGANIZATION_NEGATIVE(
      Nature.TASK,
      "The organization keeps owing the platform money: ask it to pay, or write the debt off. What is"
          + " set aside for its disputes or on its way in payouts and refunds may come back and is"
          + " not written off: wait for the banks."),
  MONEY_LIES_LONG(
      Nature.TASK,
      "The organization's money lies longer than 75 days, and Stripe lets it for 90 in most"
          + " countries: pay it out, or ask Stripe."),
  PAYOUT_UNCONFIRMED(
      Nature.TASK,
      "The organization has ended the connection of its account while a payout was on its way to the"
          + " bank, and Stripe cannot be asked how it ended: ask the organization or Stripe's"
          + " support, then settle the payout as paid or not paid."),
  PAYOUT_MONEY_LEFT(
      Nature.TASK,
      "Payouts that were not paid have left money on an account that is not connected any more, and"
          + " Stripe does not take it back: find out whether the organization has it, then settle it"
          + " as paid or written off."),
  PAYOUT_MONEY_MISSING(
      Nature.TASK,
      "A payout waits, because less lies on the organization's account than payouts have left there:"
          + " find out at Stripe who moved it. When it does not come back, cancel the payout and"
          + " settle what is missing as paid or written off."),
  REFUND_OWED(
      Nature.TASK,
      "The refund failed for good: look at Stripe whether the buyer has the money by another"
          + " refund; if not, refund it there, or pay in another way and say from which account.");

  /** What kinds of breaks have in common. */
  public enum Nature {
    /** A balance transaction whose money stands in suspense: people say what it is. */
    UNEXPLAINED(Owner.PLATFORM_FINANCE, Duration.ofDays(2), true),
    /**
     * A charge that nobody wanted, whose money stands in suspense until it has gone back, or people
     * say what it is.
     */
    QUARANTINED(Owner.PLATFORM_FINANCE, Duration.ofDays(2), true),
    /**
     * A movement of an organization's own Stripe account without a journal: people say what it is.
     */
    ELSEWHERE(Owner.PLATFORM_FINANCE, Duration.ofDays(2), true),
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

  /** Where two people may post its money; nothing when it is resolved by other means. */
  public List<String> allowedAccounts() {
    return accounts().patterns();
  }

  /** The account of this name, if two people may post its money there. */
  Optional<LedgerAccount> account(String name) {
    return accounts().named(name);
  }

  private ResolutionAccounts accounts() {
    return switch (this) {
      case REFUND_OWED -> ResolutionAccounts.OF_PAID_REFUNDS;
      case ORGANIZATION_NEGATIVE -> ResolutionAccounts.OF_DEBTS;
      case BALANCE_TRANSACTION_MISMATCH -> ResolutionAccounts.OF_MISMATCHES;
      case DISPUTE_EXCEEDS_CHARGE, DISPUTE_IN_OTHER_CURRENCY -> ResolutionAccounts.OF_LOSSES;
      default ->
          switch (nature) {
            case UNEXPLAINED, QUARANTINED -> ResolutionAccounts.OF_SUSPENSE;
            case ELSEWHERE -> ResolutionAccounts.OF_CONNECTED;
            case MISMATCHED, TASK -> ResolutionAccounts.NONE;
          };
    };
  }

  /** Those whose money stands in suspense by a movement of Stripe's balance. */
  public static Set<BreakKind> unexplained() {
    return ofNature(Nature.UNEXPLAINED);
  }

  /** Those about charges that nobody wanted. */
  public static Set<BreakKind> quarantined() {
    return ofNature(Nature.QUARANTINED);
  }

  private static Set<BreakKind> ofNature(Nature nature) {
    return Arrays.stream(values())
        .filter(kind -> kind.nature == nature)
        .collect(Collectors.toUnmodifiableSet());
  }

  String suggestedAction() {
    return suggestedAction;
  }
}
