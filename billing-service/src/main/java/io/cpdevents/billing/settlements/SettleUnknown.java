package io.cpdevents.billing.settlements;

import io.cpdevents.billing.settlements.Settlement.Outcome;
import io.cpdevents.platform.stripe.StripeUnavailable;
import org.springframework.stereotype.Component;

/**
 * Asks Stripe for an outcome that no webhook has reported. What the answer changes is recorded
 * together with what we believed before.
 */
@Component
public class SettleUnknown {

  private final CompareWithStripe compareWithStripe;
  private final Settlements settlements;

  SettleUnknown(CompareWithStripe compareWithStripe, Settlements settlements) {
    this.compareWithStripe = compareWithStripe;
    this.settlements = settlements;
  }

  /**
   * Asks, and records what was news.
   *
   * @param lookup asks Stripe and takes over the answer
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  public void handle(SettlementKind kind, String subjectId, Runnable lookup) {
    Settlement settlement = compareWithStripe.handle(kind, subjectId, lookup, null);
    if (settlement.outcome() != Outcome.UNCHANGED) {
      settlements.insert(settlement);
    }
  }
}
