package io.cpdevents.billing.webhooks;

/** Why an event of Stripe changes nothing here; stored with it, and counted. */
enum IgnoredReason {
  /** Another event, which is handled, says the same. */
  TOLD_BY_ANOTHER_EVENT,
  /** Nothing that is kept here depends on it. */
  NOTHING_DEPENDS_ON_IT,
  /** What it does to the platform's balance is learned from Stripe's list of transactions. */
  FOLLOWED_IN_BALANCE,
  /** It is about something that this version does not do. */
  NOT_SUPPORTED,
  /** It makes a difference on the other endpoint alone. */
  OTHER_ENDPOINT,
  /** Its type is not in the table. */
  UNKNOWN_TYPE,
  /** The id of what it is about is missing. */
  WITHOUT_SUBJECT,
  /** Stripe was asked, and no payment, page, buyer, card or dispute of ours is known by it. */
  NOT_OURS
}
