package io.cpdevents.billing.ledger;

/** The facts that the ledger knows; with the business id they happen once. */
public enum JournalKind {
  /** Business id: the payment. */
  PAYMENT_CAPTURED,
  /** Business id: Stripe's charge. */
  CAPTURE_QUARANTINED,
  /** Business id: Stripe's balance transaction. */
  BALANCE_TRANSACTION,
  /** Business id: Stripe's balance transaction, which was booked before its refund was known. */
  REFUND_IDENTIFIED,
  /** Business id: the refund obligation. */
  REFUND_ACCEPTED,
  /** Business id: the refund obligation. */
  REFUND_CANCELLED
}
