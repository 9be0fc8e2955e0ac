package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.time.PlannedSteps;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Cancels a refund: the money never leaves, and may be refunded again. */
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

  /** By the API, which takes only a refund that waits for the customer. */
  StripeObject byApi(String refundId) {
    Refunds.Locked locked = refunds.lock(refundId);
    if (!locked.refund().is("status", "requires_action")) {
      throw unsupported();
    }
    return cancel(locked);
  }

  /** In the dashboard, which takes a refund to a card soon after it was made, and no other one. */
  StripeObject inDashboard(String refundId) {
    Refunds.Locked locked = refunds.lock(refundId);
    if (!locked.refund().is("status", "succeeded")
        || !TestMethod.of(locked.charge()).type().equals("card")) {
      throw unsupported();
    }
    return cancel(locked);
  }

  private static StripeRefusal unsupported() {
    return StripeRefusal.wrongState(null, null, "Canceling this refund is unsupported.");
  }

  private StripeObject cancel(Refunds.Locked locked) {
    StripeObject refund = locked.refund();
    ObjectNode before = refund.body().deepCopy();
    refund.body().put("status", "canceled");
    refund.body().put("failure_reason", "merchant_request");
    refund.body().remove("next_action");
    refund.body().put("failure_balance_transaction", transactions.ofRefundFailure(refund).id());
    refunds.giveBack(locked);
    steps.cancel(FailRefund.KIND, refund.id());
    refunds.changed(refund, before);
    return refund;
  }
}
