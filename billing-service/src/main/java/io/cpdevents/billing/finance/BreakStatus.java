package io.cpdevents.billing.finance;

/** How a break stands. */
public enum BreakStatus {
  /** Somebody has to do something. */
  OPEN,
  /** Somebody has proposed a resolution, and a second person has to decide about it. */
  PROPOSED,
  /** It matches now, or people have explained it. */
  RESOLVED
}
