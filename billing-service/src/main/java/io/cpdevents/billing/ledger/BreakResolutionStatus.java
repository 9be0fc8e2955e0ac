package io.cpdevents.billing.ledger;

import io.cpdevents.platform.state.Transitions;

/** What becomes of a resolution that somebody has proposed. */
public enum BreakResolutionStatus {
  /** It waits for a second person. */
  PROPOSED,
  APPROVED,
  REJECTED,
  TAKEN_BACK,
  /** The break has resolved itself before somebody decided. */
  NOT_NEEDED;

  private static final String DECIDED = "it is decided: another one can be proposed";
  private static final String LATE = "it is decided";

  /** The table of state changes. */
  public static final Transitions<BreakResolutionStatus, BreakResolutionTrigger> TRANSITIONS =
      Transitions.named(
              "break-resolution", BreakResolutionStatus.class, BreakResolutionTrigger.class)
          .row(
              PROPOSED,
              BreakResolutionTrigger.APPROVED,
              APPROVED,
              "a second person agrees: the money is posted")
          .row(PROPOSED, BreakResolutionTrigger.REJECTED, REJECTED, "a second person disagrees")
          .row(
              PROPOSED,
              BreakResolutionTrigger.TAKEN_BACK,
              TAKEN_BACK,
              "somebody thinks better of it")
          .row(
              PROPOSED,
              BreakResolutionTrigger.OVERTAKEN,
              NOT_NEEDED,
              "the break has resolved itself")
          .refused(APPROVED, BreakResolutionTrigger.APPROVED, DECIDED)
          .refused(APPROVED, BreakResolutionTrigger.REJECTED, DECIDED)
          .refused(APPROVED, BreakResolutionTrigger.TAKEN_BACK, DECIDED)
          .ignored(APPROVED, BreakResolutionTrigger.OVERTAKEN, LATE)
          .refused(REJECTED, BreakResolutionTrigger.APPROVED, DECIDED)
          .refused(REJECTED, BreakResolutionTrigger.REJECTED, DECIDED)
          .refused(REJECTED, BreakResolutionTrigger.TAKEN_BACK, DECIDED)
          .ignored(REJECTED, BreakResolutionTrigger.OVERTAKEN, LATE)
          .refused(TAKEN_BACK, BreakResolutionTrigger.APPROVED, DECIDED)
          .refused(TAKEN_BACK, BreakResolutionTrigger.REJECTED, DECIDED)
          .refused(TAKEN_BACK, BreakResolutionTrigger.TAKEN_BACK, DECIDED)
          .ignored(TAKEN_BACK, BreakResolutionTrigger.OVERTAKEN, LATE)
          .refused(NOT_NEEDED, BreakResolutionTrigger.APPROVED, DECIDED)
          .refused(NOT_NEEDED, BreakResolutionTrigger.REJECTED, DECIDED)
          .refused(NOT_NEEDED, BreakResolutionTrigger.TAKEN_BACK, DECIDED)
          .ignored(NOT_NEEDED, BreakResolutionTrigger.OVERTAKEN, LATE)
          .build();
}
