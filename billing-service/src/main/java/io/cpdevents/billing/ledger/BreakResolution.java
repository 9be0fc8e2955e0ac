package io.cpdevents.billing.ledger;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody has proposed to do with the money of a break. Pure: it decides, and its repository
 * saves what it answers.
 *
 * @param account where the money goes, by its name in the ledger
 * @param amount debit positive on the account
 */
record BreakResolution(
    UUID id,
    UUID breakId,
    String account,
    Money amount,
    UUID proposedBy,
    BreakResolutionStatus status) {

  /**
   * Somebody decides.
   *
   * @throws RuleViolation 403 {@code four-eyes} when the proposer approves or rejects
   */
  BreakResolution decided(DecideResolution.Decision decision, UUID decider) {
    if (decision.needsSecondPerson() && proposedBy.equals(decider)) {
      throw BillingProblem.FOUR_EYES.violation();
    }
    return on(decision.trigger()).orElseThrow();
  }

  /** The break has resolved itself. Empty when somebody has decided before. */
  Optional<BreakResolution> overtaken() {
    return on(BreakResolutionTrigger.OVERTAKEN);
  }

  private Optional<BreakResolution> on(BreakResolutionTrigger trigger) {
    return switch (BreakResolutionStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<BreakResolutionStatus>(BreakResolutionStatus to, _) ->
          Optional.of(new BreakResolution(id, breakId, account, amount, proposedBy, to));
      case Ignored<BreakResolutionStatus> _ -> Optional.empty();
    };
  }
}
