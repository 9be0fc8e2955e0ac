package io.cpdevents.payout.payouts;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.web.Page;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of settlements. */
@Component
public class SettlementQueries {

  private final Payouts payouts;
  private final Settlements settlements;

  SettlementQueries(Payouts payouts, Settlements settlements) {
    this.payouts = payouts;
    this.settlements = settlements;
  }

  /**
   * The settlements of a payout, newest first.
   *
   * @throws RuleViolation {@code payout-not-found}
   */
  public Page<SettlementView> of(UUID payoutId) {
    if (payouts.find(payoutId).isEmpty()) {
      throw PayoutProblem.PAYOUT_NOT_FOUND.violation();
    }
    return Page.whole(settlements.of(payoutId));
  }
}
