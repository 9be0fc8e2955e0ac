package io.cpdevents.driver.invariants;

import static io.cpdevents.driver.invariants.Invariant.When.ALWAYS;
import static io.cpdevents.driver.invariants.Invariant.When.QUIET;
import static io.cpdevents.driver.invariants.Invariant.When.SOON;

import io.cpdevents.driver.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that must be true, whatever has happened before. Another one is a line here and a look
 * in the file of its product word.
 */
public enum Invariant {
  // The looks that cost more come later: who waits for quiet stops at the first that is broken.
  EVENTS_ARE_ON_TOPICS(
      QUIET,
      "Every event that a service has written is on its topic, and no message is parked",
      Messages::nothingWaits),
  MAILS_ARE_SENT(
      QUIET,
      "Every mail that was asked for is sent, but for those of tickets that were cancelled"
          + " meanwhile",
      Mails::allAreSent),
  STRIPE_EVENTS_ARE_APPLIED(
      QUIET, "Every event of Stripe's that we have is applied", Stripe::eventsAreApplied),
  REFUNDS_ARE_DECIDED(
      QUIET, "Every refund has succeeded, failed or been called off", Payments::refundsAreDecided),
  PAYOUTS_ARE_SENT(
      QUIET,
      "Every payout is on its way to a bank, over, held, or says what it waits for",
      Payouts::areSent),
  STRIPE_IS_QUIET(
      QUIET,
      "Stripe has delivered every webhook and told the fee of every charge",
      Stripe::isQuiet),
  CONFIRMATIONS_ARE_SENT(
      QUIET,
      "As many confirmations are sent, or not needed any more, as registrations were confirmed",
      Mails::confirmationsAreSent),
  CONSUMERS_HAVE_TAKEN_ALL(
      QUIET, "Every consumer has taken every record of its topics", Messages::allIsTaken),

  PLACES_ADD_UP(
      ALWAYS,
      "What an event, ticket type or quota counts as taken are its valid tickets held or confirmed"
          + " and the places offered to those who wait, and no more than there are",
      Places::addUp),
  PROMO_CODES_ADD_UP(
      ALWAYS,
      "What a promo code counts as uses, of all and of each account, are its registrations held or"
          + " confirmed",
      Places::promoCodesAddUp),
  ACKNOWLEDGED_REGISTRATIONS_EXIST(
      ALWAYS, "Every registration that somebody was told of exists", Registrations::exist),
  HOLDS_EXPIRE(SOON, "No hold is overdue by a minute", Registrations::holdsExpire),

  PAYMENTS_ARE_CHARGED_ONCE(
      SOON,
      "Every captured payment has one charge, of the whole amount, and no more of it was refunded",
      Payments::areChargedOnce),
  OWED_REFUNDS_ARE_TASKS(
      SOON,
      "Every refund that has failed for good is a task for a person",
      Payments::owedRefundsAreTasks),
  WHAT_IS_ASKED_BACK_GOES_BACK(
      SOON,
      "What registrations have asked back for a ticket goes back, is owed, or is with a bank",
      Payments::whatIsAskedBackGoesBack),
  KEPT_MONEY_IS_EARNED(
      SOON,
      "What is kept of a payment is the price of the registration that it has confirmed, less what"
          + " cancellations give back and what was refunded besides",
      Payments::keptMoneyIsEarned),
  CANCELLED_TICKETS_TELL_THE_TRUTH(
      SOON,
      "What a cancelled ticket says goes back for it is what refunds for cancellations give back",
      Payments::cancelledTicketsTellTheTruth),

  CONFIRMED_ARE_TOLD_ONCE(
      SOON,
      "Every registration that was confirmed has one confirmation mail, not counting those asked"
          + " for again, and no other has one",
      Mails::confirmedAreToldOnce),
  CANCELLED_ARE_TOLD_ONCE(
      SOON,
      "Every cancelled registration has one mail about it, but for holds that their buyers let go,"
          + " and no other has one",
      Mails::cancelledAreToldOnce),
  TOO_LATE_ARE_TOLD_ONCE(
      SOON,
      "Every refund of money that came too late has one mail, and nothing else has one",
      Mails::tooLateAreToldOnce),
  SUCCEEDED_REFUNDS_ARE_TOLD_ONCE(
      SOON,
      "Every success of a refund has one mail, and nothing else has one",
      Mails::succeededRefundsAreToldOnce),
  SENT_MAILS_ARRIVE(SOON, "The mails in the mailbox are those that are sent", Mails::arrive),
  MAILS_COME_ONCE(ALWAYS, "No mail comes twice", Mails::comeOnce),
  MAILS_REACH_THE_BUYER(
      ALWAYS,
      "A mail about a registration goes to its buyer and tells its reference, and an attendee's"
          + " goes to nobody else",
      Mails::reachTheirReaders),

  JOURNALS_SUM_TO_ZERO(
      ALWAYS, "Every journal sums to zero in each currency", Books::journalsSumToZero),
  LEDGER_SUMS_TO_ZERO(
      ALWAYS, "All accounts of the ledger sum to zero in each currency", Books::sumToZero),
  PASSING_ACCOUNTS_ARE_EMPTY(
      SOON,
      "Nothing is left on the accounts that money only passes, but for refunds that failed for good"
          + " on 'refunds'",
      Books::passingAccountsAreEmpty),
  BALANCE_TRANSACTIONS_ARE_BOOKED(
      SOON,
      "As many balance transactions are booked as Stripe has",
      Books::balanceTransactionsAreBooked),
  LEDGER_IS_STRIPES_BALANCE(
      SOON,
      "The ledger's account 'stripe' is Stripe's balance, and Stripe agrees with itself",
      Books::areStripesBalance),
  DISPUTES_ARE_STRIPES(
      SOON,
      "What disputes have taken and not given back is what Stripe says",
      Disputes::areStripes),
  DISPUTES_ARE_IN_THE_LEDGER(
      SOON,
      "The ledger's accounts 'disputes' and 'held' are what disputes have taken that nobody has"
          + " lost, and the organizations' shares of it",
      Disputes::areInTheLedger),
  NOBODYS_PART_OF_A_DISPUTE_IS_A_TASK(
      SOON,
      "What a dispute takes beyond what was left of its payment is a task for a person",
      Disputes::nobodysPartsAreTasks),
  FRAUD_WARNINGS_ARE_KEPT(
      SOON,
      "As many warnings of fraud are kept as Stripe has, and none refunds a payment twice",
      Disputes::fraudWarningsAreKept),
  CONNECTED_IS_STRIPES_BALANCES(
      SOON,
      "What the ledger says of organizations' own Stripe accounts is their balance there",
      Books::areStripesConnectedBalances),
  TRANSFERS_ARE_EARNED(
      ALWAYS,
      "No organization was transferred more than was ever captured for it, less fees",
      Books::transfersAreEarned),
  PAYOUTS_ARE_THE_LEDGERS(
      SOON,
      "What is on its way to organizations and what they were paid is the same for payout-service,"
          + " in its payouts and its balances, and for the ledger",
      Payouts::areTheLedgers),
  BALANCES_ARE_THE_LEDGERS(
      SOON,
      "An organization's balance at payout-service is its balance in the ledger",
      Books::areTheBalancesOfOrganizations),

  STATEMENTS_ADD_UP(
      ALWAYS,
      "No payout pays more than its statement adds up to, and no entry is paid twice",
      Payouts::haveStatementsThatAddUp),

  ENTITLEMENTS_ARE_THE_PLANS(
      SOON,
      "What registration-service knows of an organization's plan is what billing-service has told",
      Plans::areHeardOf),
  TRIALS_END(SOON, "No trial is requested and not begun, or over and not ended", Plans::trialsEnd),

  REQUESTS_TO_STRIPE_ARE_LEGAL(
      ALWAYS,
      "Every request to Stripe is legal in our version of its API",
      Stripe::requestsAreLegal),
  MONEY_MOVES_UNDER_OUR_KEYS(
      ALWAYS,
      "Every request to Stripe that moves money has an idempotency key that its service has stored",
      Stripe::moneyMovesUnderOurKeys),

  AUDIT_LOG_IS_INTACT(ALWAYS, "The audit log's chain is whole", AuditLog::isIntact);

  /** How long it may take to become true. */
  enum When {
    /** While it is broken, something is under way. */
    QUIET(Duration.ofSeconds(60)),
    /** Services have to agree. */
    SOON(Duration.ofSeconds(60)),
    /** One transaction writes it. */
    ALWAYS(Duration.ZERO);

    private final Duration within;

    When(Duration within) {
      this.within = within;
    }
  }

  /** Adds a sentence for everything that is wrong. */
  @FunctionalInterface
  interface Look {
    void at(World world, Consumer<String> wrong);
  }

  private final When when;
  private final String sentence;

  /** A method that keeps nothing. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Look look;

  Invariant(When when, String sentence, Look look) {
    this.when = when;
    this.sentence = sentence;
    this.look = look;
  }

  /** What must be true, for people. */
  public String sentence() {
    return sentence;
  }

  /** How long after the last request it may take to become true. */
  public Duration within() {
    return when.within;
  }

  /** Whether something is under way while it is broken. */
  boolean isAboutQuiet() {
    return when == QUIET;
  }

  /** What is wrong now; nothing when it holds. */
  public List<Violation> violations(World world) {
    List<Violation> violations = new ArrayList<>();
    try {
      look.at(world, what -> violations.add(new Violation(this, what, when.within)));
    } catch (RuntimeException e) {
      // A platform that does not answer is a finding, and no reason to lose the others.
      violations.add(new Violation(this, "could not look: " + e, SOON.within));
    }
    return violations;
  }
}
