package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Cancels a refund that waits for the customer. */
@Component
class CancelRefund {
  private final Refunds refunds;
  private final BalanceTransactions transactions;
  private final PlannedSteps steps;

  CancelRefund(Refunds refunds, BalanceTransactions transactions, PlannedSteps steps) {
    this.refunds = refunds;
    this.transactions = transactions;
    this.steps = steps;
  }

  StripeObject handle(String refundId) {
    Refunds.Locked locked = refunds.lock(refundId);
    StripeObject refund = locked.refund();
    if (!refund.is("status", "requires_action")) {
      throw StripeRefusal.wrongState(null, null, "Canceling this refund is unsupported.");
    }
    ObjectNode before = refund.body().deepCopy();
    refund.body().put("status", "canceled");
    refund.body().remove("next_action");
    refund.body().put("failure_balance_transaction", transactions.ofRefundFailure(refund).id());
    refunds.giveBack(locked);
    steps.cancel(FailRefund.KIND, refundId);
    refunds.changed(refund, before);
    return refund;
  }
}
