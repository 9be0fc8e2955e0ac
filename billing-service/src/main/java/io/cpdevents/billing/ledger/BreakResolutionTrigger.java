package io.cpdevents.billing.ledger;

/** What can happen to a resolution that somebody has proposed. */
public enum BreakResolutionTrigger {
  /** A second person agrees. */
  APPROVED,
  /** A second person disagrees. */
  REJECTED,
  /** Somebody takes it back. */
  TAKEN_BACK,
  /** The break has resolved itself. */
  OVERTAKEN
}
