package io.cpdevents.billing.finance;

/**
 * How far the ledger is from what it must be: zero each.
 *
 * @param openBreaks breaks that wait for a person
 * @param overdueBreaks those of them about which somebody should have done something by now
 * @param unbalanced currencies whose postings do not sum to zero
 * @param drifted guarded balances that differ from the sum of their postings
 * @param overRefunded payments of which more goes back than was captured
 * @param unmatched balance transactions of Stripe that do not have exactly one journal of their
 *     amount
 * @param unsettled charges of more than a day ago whose balance transaction has not come, and
 *     refunds that are owed for longer without anybody being asked
 * @param differing currencies in which Stripe's balance is not that of the ledger
 * @param overTransferred organizations, by currency, to whose Stripe accounts more was transferred
 *     than was ever earned for them
 * @param notAskedAbout currencies in which money stands in suspense and no open break asks whose it
 *     is
 */
record LedgerInvariants(
    long openBreaks,
    long overdueBreaks,
    long unbalanced,
    long drifted,
    long overRefunded,
    long unmatched,
    long unsettled,
    long differing,
    long overTransferred,
    long notAskedAbout) {

  static final LedgerInvariants NOT_MEASURED = new LedgerInvariants(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Whether something is wrong that no person is asked about. */
  boolean areBroken() {
    return unbalanced > 0 || drifted > 0 || overRefunded > 0 || overTransferred > 0;
  }
}
