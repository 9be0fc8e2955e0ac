package io.cpdevents.payout.balances;

/** The ledger accounts of an organization whose entries billing-service publishes. */
public enum LedgerAccount {
  /** Earned and not promised in a payout; may be negative. */
  ORGANIZATION,
  /** Set aside for open disputes. */
  HELD,
  /** Promised in a payout that is under way. */
  IN_PAYOUT
}
