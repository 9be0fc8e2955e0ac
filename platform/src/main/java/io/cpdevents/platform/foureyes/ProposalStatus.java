package io.cpdevents.platform.foureyes;

import io.cpdevents.platform.state.Transitions;

/** What becomes of a proposal about which a second person decides. */
public enum ProposalStatus {
  /** It waits for a second person. */
  PROPOSED,
  APPROVED,
  REJECTED,
  TAKEN_BACK,
  /** Nobody had to decide about it. */
  NOT_NEEDED;

  private static final String DECIDED = "it is decided: another one can be proposed";
  private static final String LATE = "it is decided";

  /** The table of state changes. */
  public static final Transitions<ProposalStatus, ProposalTrigger> TRANSITIONS = table();

  private static Transitions<ProposalStatus, ProposalTrigger> table() {
    Transitions.Table<ProposalStatus, ProposalTrigger> table =
        Transitions.named("proposal", ProposalStatus.class, ProposalTrigger.class)
            .row(PROPOSED, ProposalTrigger.APPROVED, APPROVED, "a second person agrees")
            .row(PROPOSED, ProposalTrigger.REJECTED, REJECTED, "a second person disagrees")
            .row(PROPOSED, ProposalTrigger.TAKEN_BACK, TAKEN_BACK, "somebody thinks better of it")
            .row(
                PROPOSED,
                ProposalTrigger.OVERTAKEN,
                NOT_NEEDED,
                "there is nothing to decide any more, or another proposal takes its place");
    for (ProposalStatus decided :
        new ProposalStatus[] {APPROVED, REJECTED, TAKEN_BACK, NOT_NEEDED}) {
      table
          .refused(decided, ProposalTrigger.APPROVED, DECIDED)
          .refused(decided, ProposalTrigger.REJECTED, DECIDED)
          .refused(decided, ProposalTrigger.TAKEN_BACK, DECIDED)
          .ignored(decided, ProposalTrigger.OVERTAKEN, LATE);
    }
    return table.build();
  }
}
