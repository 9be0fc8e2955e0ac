package io.cpdevents.billing.webhooks;

/** What can happen to an event of Stripe that is kept. */
public enum StripeEventTrigger {
  /** What it is about was taken over, or was republished. */
  SETTLED,
  /** What it is about turned out to be nothing of ours. */
  FOUND_FOREIGN,
  /** It has failed too often. */
  GIVEN_UP,
  /** An operator lets it be applied again. */
  REPLAYED
}
