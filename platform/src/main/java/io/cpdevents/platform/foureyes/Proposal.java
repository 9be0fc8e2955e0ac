package io.cpdevents.platform.foureyes;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one person has proposed and another one decides: the four-eyes principle. What is proposed,
 * and what follows from its approval, is the service's that has it. Pure: it decides, and a
 * repository saves what it answers.
 *
 * @param id the same when the proposal is sent twice
 */
public record Proposal(UUID id, UUID proposedBy, ProposalStatus status) {

  /** What a person decides about a proposal. */
  public enum Decision {
    APPROVED(ProposalTrigger.APPROVED, true),
    REJECTED(ProposalTrigger.REJECTED, true),
    TAKEN_BACK(ProposalTrigger.TAKEN_BACK, false);

    private final ProposalTrigger trigger;
    private final boolean needsSecondPerson;

    Decision(ProposalTrigger trigger, boolean needsSecondPerson) {
      this.trigger = trigger;
      this.needsSecondPerson = needsSecondPerson;
    }
  }

  /** One that waits for a second person from now on. */
  public static Proposal proposed(UUID id, UUID proposedBy) {
    return new Proposal(id, proposedBy, ProposalStatus.PROPOSED);
  }

  /**
   * Whether a decision is about this one.
   *
   * @param seenId the proposal that the decider has seen; null for whichever waits
   */
  public boolean isMeantBy(@Nullable UUID seenId) {
    return seenId == null || seenId.equals(id);
  }

  /**
   * Somebody decides.
   *
   * @throws RuleViolation 403 {@code four-eyes}; 409 {@code wrong-state} when it is decided
   */
  public Proposal decided(Decision decision, UUID decider) {
    requireAllowed(decision, decider);
    return on(decision.trigger).orElseThrow();
  }

  /**
   * Asks whether this person may decide so, without deciding.
   *
   * @throws RuleViolation 403 {@code four-eyes} when the proposer approves or rejects
   */
  public void requireAllowed(Decision decision, UUID decider) {
    if (decision.needsSecondPerson && proposedBy.equals(decider)) {
      throw CommonProblem.FOUR_EYES.violation();
    }
  }

  /** Nobody has to decide any more. Empty when somebody has decided before. */
  public Optional<Proposal> overtaken() {
    return on(ProposalTrigger.OVERTAKEN);
  }

  private Optional<Proposal> on(ProposalTrigger trigger) {
    return switch (ProposalStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<ProposalStatus>(ProposalStatus to, _) ->
          Optional.of(new Proposal(id, proposedBy, to));
      case Ignored<ProposalStatus> _ -> Optional.empty();
    };
  }
}
