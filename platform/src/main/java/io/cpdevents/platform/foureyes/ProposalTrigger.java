package io.cpdevents.platform.foureyes;

/** What can happen to a proposal. */
public enum ProposalTrigger {
  /** A second person agrees. */
  APPROVED,
  /** A second person disagrees. */
  REJECTED,
  /** Somebody takes it back. */
  TAKEN_BACK,
  /** What it is about has changed by itself, or another proposal takes its place. */
  OVERTAKEN
}
