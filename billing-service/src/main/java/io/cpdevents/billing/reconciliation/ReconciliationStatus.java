package io.cpdevents.billing.reconciliation;

/** Whether a day is settled for good. */
public enum ReconciliationStatus {
  /** Something may still come, or does not match. */
  OPEN,
  /** Stripe and the ledger agree about it, and nothing of it changes any more. */
  CLOSED
}
