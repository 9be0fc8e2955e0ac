package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the network's reference to a refund to a card, with which the customer's bank finds it, some
 * time after the refund has succeeded.
 */
@Component
class AddReference implements StepHandler {
  static final String KIND = "add-refund-reference";

  private final Refunds refunds;

  AddReference(Refunds refunds) {
    this.refunds = refunds;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String refundId) {
    StripeObject refund = refunds.lock(refundId).refund();
    if (!refund.is("status", "succeeded")
        || !(refund.body().path("destination_details").path("card") instanceof ObjectNode card)) {
      return;
    }
    ObjectNode before = refund.body().deepCopy();
    card.put("reference", reference(refundId));
    card.put("reference_status", "available");
    refunds.changed(refund, before);
  }

  /** An acquirer's reference number has 23 digits. */
  private static String reference(String refundId) {
    return "7" + "%022d".formatted(Integer.toUnsignedLong(refundId.hashCode()));
  }
}
