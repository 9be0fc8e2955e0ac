package io.cpdevents.contracts.erasure;

/** What a service keeps about a person whom it has erased, by the account's id alone. */
public enum KeptRecord {
  /** Which events were booked, when and for how much. */
  REGISTRATIONS,
  /** What was paid and refunded, and the journals about it. */
  PAYMENTS,
  /** What was disputed, and how that ended. */
  DISPUTES,
  /** The organization's answer to a dispute that is not decided yet. */
  DISPUTE_EVIDENCE,
  /** Which mails were sent, without their texts and addresses. */
  MAIL_RECORDS,
  /** Who did what, by the account's id, with the network address. */
  AUDIT_LOG
}
