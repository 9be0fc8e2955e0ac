package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.front.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What every change of a refund has in common. */
@Component
class Refunds {
  static final String KIND = "refund";

  /** Of the reasons why a refund is pending the one that ends with more balance. */
  static final String NO_BALANCE = "insufficient_funds";

  private final StripeObjects objects;
  private final Events events;

  Refunds(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  /** A refund and the charge of which it is, both locked, the charge first. */
  record Locked(StripeObject charge, StripeObject refund) {}

  Locked lock(String refundId) {
    String chargeId =
        objects
            .findAnywhere(KIND, refundId)
            .map(found -> found.requiredText("charge"))
            .orElseThrow(() -> noSuch(refundId));
    return new Locked(
        objects.lockExisting("charge", chargeId), objects.lockExisting(KIND, refundId));
  }

  static StripeRefusal noSuch(String refundId) {
    return StripeRefusal.noSuch(KIND, refundId, "id");
  }

  /**
   * Writes a refund that has changed and tells it twice, as Stripe does: in the event of all
   * refunds, and in the older one of charges.
   */
  void changed(StripeObject refund, ObjectNode before) {
    objects.save(refund);
    events.recordChange("refund.updated", refund, before);
    events.recordChange("charge.refund.updated", refund, before);
  }

  /** The charge's amount may be refunded again. */
  void giveBack(Locked locked) {
    StripeObject charge = locked.charge();
    charge
        .body()
        .put(
            "amount_refunded", charge.number("amount_refunded") - locked.refund().number("amount"));
    charge.body().put("refunded", false);
    objects.save(charge);
  }
}
