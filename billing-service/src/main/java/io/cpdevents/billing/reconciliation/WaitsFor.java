package io.cpdevents.billing.reconciliation;

/** What a day waits for until it is closed. */
public enum WaitsFor {
  /** Its midnight (UTC), and an hour in which Stripe may list what came before it. */
  END_OF_DAY,
  /** Days are closed in order, and an earlier one is open. */
  EARLIER_DAY,
  /** Stripe's list has not been read beyond its end, or something of it could not be settled. */
  STRIPES_LIST,
  /** Stripe and the ledger have other sums. */
  NO_DIFFERENCE,
  /** People, who have to explain what does not match. */
  BREAKS
}
