package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Locks and writes refunds together with their charges. */
@Component
class Refunds {
  static final String KIND = "refund";

  /** The reason of refunds that are pending until the balance is large enough. */
  static final String NO_BALANCE = "insufficient_funds";

  private final StripeObjects objects;
  private final Events events;

  Refunds(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  /** A refund and its charge, both locked, the charge first. */
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
   * Writes a changed refund and records two events, as Stripe does: {@code refund.updated} and the
   * older {@code charge.refund.updated}.
   */
  void changed(StripeObject refund, ObjectNode before) {
    objects.save(refund);
    events.recordChange("refund.updated", refund, before);
    events.recordChange("charge.refund.updated", refund, before);
  }

  /** Subtracts the refund from the refunded amount of its charge. */
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
