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

  /**
   * What is not known, and how to learn it.
   *
   * @param lookup asks Stripe and takes over the answer
   */
  public record Command(SettlementKind kind, String subjectId, Runnable lookup) {}

  private final CompareWithStripe compareWithStripe;
  private final Settlements settlements;

  SettleUnknown(CompareWithStripe compareWithStripe, Settlements settlements) {
    this.compareWithStripe = compareWithStripe;
    this.settlements = settlements;
  }

  /**
   * Asks, and records what was news.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  public void handle(Command command) {
    Settlement settlement = compareWithStripe.handle(command, null);
    if (settlement.outcome() != Outcome.UNCHANGED) {
      settlements.insert(settlement);
    }
  }
}
