package io.cpdevents.billing.ledger;

/**
 * What a journal records. Kind and business id together are unique, so each fact is posted once.
 */
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
