package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Ends a pending refund: the bank accepts it. */
@Component
class SucceedRefund implements StepHandler {
  static final String KIND = "succeed-refund";

  private final StripeObjects objects;
  private final Events events;

  SucceedRefund(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String refundId) {
    StripeObject refund = objects.lockExisting("refund", refundId);
    if (!refund.is("status", "pending")) {
      return;
    }
    ObjectNode previous = StripeJson.object();
    previous.put("status", "pending");
    refund.body().put("status", "succeeded");
    refund.body().remove("pending_reason");
    objects.save(refund);
    events.record("refund.updated", refund, previous);
    events.record("charge.refund.updated", refund, previous.deepCopy());
  }
}
