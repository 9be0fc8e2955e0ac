package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Ends a pending refund: the bank accepts it, or the customer has given a destination. */
@Component
class SucceedRefund implements StepHandler {
  static final String KIND = "succeed-refund";

  private final Refunds refunds;
  private final PlannedSteps steps;
  private final SandboxSettings settings;

  SucceedRefund(Refunds refunds, PlannedSteps steps, SandboxSettings settings) {
    this.refunds = refunds;
    this.steps = steps;
    this.settings = settings;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String refundId) {
    StripeObject refund = refunds.lock(refundId).refund();
    if (refund.is("status", "pending")) {
      succeed(refund, refund.body().deepCopy());
    }
  }

  /** Takes the customer's destination. */
  StripeObject answer(String refundId) {
    StripeObject refund = refunds.lock(refundId).refund();
    if (!refund.is("status", "requires_action")) {
      throw StripeRefusal.wrongState(
          null, null, "This refund waits for nobody's action: " + refund.text("status"));
    }
    steps.cancel(FailRefund.KIND, refundId);
    succeed(refund, refund.body().deepCopy());
    return refund;
  }

  /** Marks a refund as succeeded; before is its body before the change. */
  private void succeed(StripeObject refund, ObjectNode before) {
    refund.body().put("status", "succeeded");
    refund.body().remove("pending_reason");
    refund.body().remove("next_action");
    steps.planAfter(settings.refundReferenceDelay(), AddReference.KIND, refund.id());
    refunds.changed(refund, before);
  }
}
