package io.cpdevents.billing.settlements;

import io.cpdevents.billing.settlements.Settlement.Outcome;
import io.cpdevents.billing.settlements.Settlements.Belief;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.stripe.StripeInquiries;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks Stripe for an outcome that no webhook has reported. What the answer changes is recorded
 * together with what we believed before.
 */
@Component
public class SettleUnknown {

  private static final Belief NOTHING = new Belief("none", "none");

  private final Settlements settlements;
  private final Clock clock;

  SettleUnknown(Settlements settlements, Clock clock) {
    this.settlements = settlements;
    this.clock = clock;
  }

  /**
   * Asks for a job. When Stripe cannot be asked now or refuses, that is logged, and the job goes on
   * with the next subject.
   *
   * @param lookup asks Stripe and takes over the answer
   */
  public void handle(SettlementKind kind, String subjectId, Runnable lookup) {
    StripeInquiries.ask(
        ContractsJson.kebabCase(kind) + " " + subjectId, () -> settle(kind, subjectId, lookup));
  }

  /**
   * Asks for a caller who has to know whether Stripe could be asked.
   *
   * @param lookup asks Stripe and takes over the answer
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  public void settle(SettlementKind kind, String subjectId, Runnable lookup) {
    Settlement settlement = settle(kind, subjectId, lookup, null);
    if (settlement.outcome() != Outcome.UNCHANGED) {
      settlements.insert(settlement);
    }
  }

  /**
   * Asks and compares, without recording the result.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  Settlement settle(
      SettlementKind kind, String subjectId, Runnable lookup, @Nullable UUID settledBy) {
    Belief before = belief(kind, subjectId);
    String failure = null;
    try {
      lookup.run();
    } catch (StripeRefused refused) {
      failure = refused.getMessage();
    }
    Belief after = belief(kind, subjectId);
    return new Settlement(
        Ids.next(),
        kind,
        subjectId,
        after.key(),
        before.state(),
        after.state(),
        outcome(before, after, failure),
        failure,
        clock.instant(),
        settledBy);
  }

  private Belief belief(SettlementKind kind, String subjectId) {
    return settlements.belief(kind, subjectId).orElse(NOTHING);
  }

  private static Outcome outcome(Belief before, Belief after, @Nullable String failure) {
    if (!before.state().equals(after.state())) {
      return Outcome.CHANGED;
    }
    return failure == null ? Outcome.UNCHANGED : Outcome.REFUSED;
  }
}
