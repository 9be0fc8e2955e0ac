package io.cpdevents.billing.ledger;

/**
 * What a journal records. Kind and business id together are unique, so each fact is posted once.
 */
public enum JournalKind {
  /** Business id: the payment. */
  PAYMENT_CAPTURED,
  /** Business id: Stripe's charge. */
  CAPTURE_QUARANTINED,
  /** Business id: Stripe's charge, which has paid an invoice of an organization's plan. */
  INVOICE_PAID,
  /** Business id: Stripe's balance transaction. */
  BALANCE_TRANSACTION,
  /** Business id: Stripe's balance transaction, which was booked before its charge was known. */
  CHARGE_IDENTIFIED,
  /** Business id: Stripe's balance transaction, which was booked before its refund was known. */
  REFUND_IDENTIFIED,
  /** Business id: the refund obligation. */
  REFUND_ACCEPTED,
  /** Business id: the refund obligation, and what at Stripe has left less to give back. */
  REFUND_REDUCED,
  /** Business id: the refund obligation. */
  REFUND_CANCELLED,
  /** Business id: Stripe's balance transaction, which was booked before its dispute was known. */
  DISPUTE_IDENTIFIED,
  /** Business id: the dispute, and the number of its change. */
  DISPUTE_HELD,
  /** Business id: the dispute, and the number of its change. */
  DISPUTE_RELEASED,
  /** Business id: the dispute, and the number of its change. */
  DISPUTE_LOST,
  /** Business id: the dispute, and the number of its change. */
  DISPUTE_LOSS_REVERSED,
  /** Business id: the dispute, and the number of its change, by which money has come back. */
  WRITE_OFF_RECOVERED,
  /** Business id: the resolution of a break, which two people have decided. */
  BREAK_RESOLVED,
  /** Business id: Stripe's balance transaction, which was booked before its payout was told. */
  TRANSFER_IDENTIFIED,
  /** Business id: the balance transaction of an organization's own Stripe account. */
  CONNECTED_BALANCE_TRANSACTION,
  /** Business id: the payout. */
  PAYOUT_MADE,
  /** Business id: the payout. */
  PAYOUT_PAID,
  /** Business id: the payout. */
  PAYOUT_FAILED,
  /** Business id: the payout. */
  PAYOUT_CANCELLED,
  /** Business id: the payout, which had counted as paid. */
  PAYOUT_RETURNED,
  /** Business id: the decision of two people about what payouts have left on an account. */
  LEFT_MONEY_SETTLED
}
