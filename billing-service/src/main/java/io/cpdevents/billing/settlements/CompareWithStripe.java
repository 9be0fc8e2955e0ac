package io.cpdevents.billing.settlements;

import io.cpdevents.billing.settlements.Settlement.Outcome;
import io.cpdevents.billing.settlements.Settlements.Belief;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks Stripe about something, and compares what we believe before and after. */
@Component
class CompareWithStripe {

  private static final Belief NOTHING = new Belief("none", "none");

  private final Settlements settlements;
  private final Clock clock;

  CompareWithStripe(Settlements settlements, Clock clock) {
    this.settlements = settlements;
    this.clock = clock;
  }

  /**
   * Asks and compares, without recording the result.
   *
   * @param settledBy the operator who asks; null when a job does
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  Settlement handle(SettleUnknown.Command command, @Nullable UUID settledBy) {
    SettlementKind kind = command.kind();
    String subjectId = command.subjectId();
    Belief before = belief(kind, subjectId);
    String failure = null;
    try {
      command.lookup().run();
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
