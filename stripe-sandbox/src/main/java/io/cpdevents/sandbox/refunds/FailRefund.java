package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Fails a refund because the bank returns the money, even after the refund had succeeded. */
@Component
public class FailRefund implements StepHandler {
  static final String KIND = "fail-refund";
  static final String DEFAULT_REASON = "expired_or_canceled_card";
  static final List<String> REASONS =
      List.of(
          "lost_or_stolen_card",
          "expired_or_canceled_card",
          "charge_for_pending_refund_disputed",
          "insufficient_funds",
          "declined",
          "merchant_request",
          "unknown");
  private static final Set<String> CAN_FAIL = Set.of("pending", "requires_action", "succeeded");

  private final StripeObjects objects;
  private final BalanceTransactions transactions;
  private final Events events;
  private final PlannedSteps steps;
  private final Refunds refunds;

  FailRefund(
      StripeObjects objects,
      BalanceTransactions transactions,
      Events events,
      PlannedSteps steps,
      Refunds refunds) {
    this.objects = objects;
    this.transactions = transactions;
    this.events = events;
    this.steps = steps;
    this.refunds = refunds;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String refundId) {
    StripeObject refund = objects.findAnywhere(Refunds.KIND, refundId).orElse(null);
    if (refund != null && CAN_FAIL.contains(refund.requiredText("status"))) {
      handle(refundId, refund.is("status", "requires_action") ? "unknown" : DEFAULT_REASON);
    }
  }

  /** Fails the refund: its amount returns to the balance and may be refunded again. */
  public StripeObject handle(String refundId, String reason) {
    Refunds.Locked locked = refunds.lock(refundId);
    StripeObject refund = locked.refund();
    if (!CAN_FAIL.contains(refund.requiredText("status"))) {
      throw StripeRefusal.wrongState(
          null, null, "This refund has a status of %s.".formatted(refund.text("status")));
    }
    ObjectNode before = refund.body().deepCopy();
    ObjectNode body = refund.body();
    body.put("status", "failed");
    body.put("failure_reason", reason);
    body.remove("pending_reason");
    body.remove("next_action");
    if (refund.text("balance_transaction") != null) {
      body.put("failure_balance_transaction", transactions.ofRefundFailure(refund).id());
    }
    objects.save(refund);
    refunds.giveBack(locked);
    steps.cancel(SucceedRefund.KIND, refundId);
    steps.cancel(KIND, refundId);
    events.record("refund.failed", refund);
    refunds.changed(refund, before);
    return refund;
  }
}
