package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.settings.BehaviourSettings;
import org.springframework.stereotype.Component;

/** Whether the balance is large enough for a refund. */
@Component
class BalanceForRefunds {
  private final Balances balances;
  private final BehaviourSettings behaviour;

  BalanceForRefunds(Balances balances, BehaviourSettings behaviour) {
    this.balances = balances;
    this.behaviour = behaviour;
  }

  /** Locks the balance until the transaction ends, unless refunds need none. */
  boolean covers(StripeObject refund) {
    return !behaviour.refundsNeedBalance()
        || refund.number("amount")
            <= balances.holdAvailable(refund.account(), refund.requiredText("currency"))
                - behaviour.reservedMinor();
  }
}
