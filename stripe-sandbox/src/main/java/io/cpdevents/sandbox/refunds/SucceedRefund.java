package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.front.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The bank takes a refund that was pending, or the customer has told where it goes. */
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
  public void doStep(String refundId) {
    StripeObject refund = refunds.lock(refundId).refund();
    if (refund.is("status", "pending")) {
      succeed(refund, refund.body().deepCopy());
    }
  }

  /** The customer has answered. */
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

  /** The money is on its way; before is the refund as it was when it waited. */
  void succeed(StripeObject refund, ObjectNode before) {
    refund.body().put("status", "succeeded");
    refund.body().remove("pending_reason");
    refund.body().remove("next_action");
    steps.planAfter(settings.refundReferenceDelay(), TellReference.KIND, refund.id());
    refunds.changed(refund, before);
  }
}
