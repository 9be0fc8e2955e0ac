package io.cpdevents.billing.settlements;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Asks Stripe again about what a settlement was about, when an operator requests it. */
@Component
public class ReplaySettlement {

  private final Settlements settlements;
  private final SettleNow settleNow;

  ReplaySettlement(Settlements settlements, SettleNow settleNow) {
    this.settlements = settlements;
    this.settleNow = settleNow;
  }

  /**
   * Asks, and records the outcome as a new settlement.
   *
   * @throws RuleViolation 404 {@code settlement-not-found}, 503 {@code stripe-unavailable}
   */
  public Settlement handle(UUID settlementId, UUID operatorId) {
    Settlement earlier =
        settlements.find(settlementId).orElseThrow(BillingProblem.SETTLEMENT_NOT_FOUND::violation);
    return settleNow.handle(new SettleNow.Command(earlier.kind(), earlier.subjectId(), operatorId));
  }
}
