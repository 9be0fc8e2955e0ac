package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.time.PlannedSteps;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a bank does with a refund that has left the balance, at once or after it has waited for the
 * balance: the test card says it.
 */
@Component
class BankTakesRefund {

  private final PlannedSteps steps;
  private final SandboxSettings settings;

  BankTakesRefund(PlannedSteps steps, SandboxSettings settings) {
    this.steps = steps;
    this.settings = settings;
  }

  /** Sets the refund's status, and plans what follows. */
  void handle(StripeObject refund, StripeObject charge) {
    TestMethod method = TestMethod.of(charge);
    ObjectNode body = refund.body();
    if (method == TestCard.REFUND_SUCCEEDS_LATER) {
      body.put("status", "pending");
      body.put("pending_reason", "processing");
      steps.planAfter(settings.refundFailureDelay(), SucceedRefund.KIND, refund.id());
      return;
    }
    body.put("status", "succeeded");
    body.remove("pending_reason");
    steps.planAfter(settings.refundReferenceDelay(), AddReference.KIND, refund.id());
    if (method == TestCard.REFUND_FAILS_LATER) {
      steps.planAfter(settings.refundFailureDelay(), FailRefund.KIND, refund.id());
    }
  }
}
