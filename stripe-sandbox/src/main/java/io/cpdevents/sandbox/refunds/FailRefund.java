package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Fails a refund because the bank returns the money, even after the refund had succeeded. */
@Component
class FailRefund implements StepHandler {
  static final String KIND = "fail-refund";
  static final String DEFAULT_REASON = "expired_or_canceled_card";
  private static final Set<String> CAN_FAIL = Set.of("pending", "requires_action", "succeeded");

  private final StripeObjects objects;
  private final BalanceTransactions transactions;
  private final Events events;
  private final PlannedSteps steps;

  FailRefund(
      StripeObjects objects, BalanceTransactions transactions, Events events, PlannedSteps steps) {
    this.objects = objects;
    this.transactions = transactions;
    this.events = events;
    this.steps = steps;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String refundId) {
    StripeObject refund = objects.findAnywhere("refund", refundId).orElse(null);
    if (refund != null && CAN_FAIL.contains(refund.requiredText("status"))) {
      handle(refundId, DEFAULT_REASON);
    }
  }

  /** Fails the refund: its amount returns to the balance and may be refunded again. */
  StripeObject handle(String refundId, String reason) {
    String chargeId =
        objects
            .findAnywhere("refund", refundId)
            .map(found -> found.requiredText("charge"))
            .orElseThrow(() -> StripeRefusal.noSuch("refund", refundId, "id"));
    StripeObject charge = objects.lockExisting("charge", chargeId);
    StripeObject refund = objects.lockExisting("refund", refundId);
    if (!CAN_FAIL.contains(refund.requiredText("status"))) {
      throw StripeRefusal.wrongState(
          null, null, "This refund has a status of %s.".formatted(refund.text("status")));
    }
    ObjectNode previous = StripeJson.object();
    previous.set("status", refund.body().get("status"));
    ObjectNode body = refund.body();
    body.put("status", "failed");
    body.put("failure_reason", reason);
    body.remove("pending_reason");
    body.put("failure_balance_transaction", transactions.ofRefundFailure(refund).id());
    objects.save(refund);
    charge
        .body()
        .put("amount_refunded", charge.number("amount_refunded") - refund.number("amount"));
    charge.body().put("refunded", false);
    objects.save(charge);
    steps.cancel(SucceedRefund.KIND, refundId);
    events.record("refund.failed", refund);
    events.record("refund.updated", refund, previous);
    events.record("charge.refund.updated", refund, previous.deepCopy());
    return refund;
  }
}
