package io.cpdevents.payout.ignoredchanges;

/** Why nothing follows from a change at Stripe; stored with it, and counted. */
public enum IgnoredReason {
  /**
   * No account or payout of ours is known by the id. If it is one whose making Stripe has not
   * answered yet, it is asked about anyway.
   */
  UNKNOWN,
  /** The account is disconnected, or the payout is not on its way any more. */
  OVER
}
