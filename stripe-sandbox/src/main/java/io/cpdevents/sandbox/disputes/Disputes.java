package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Locks and writes disputes together with their charges. */
@Component
class Disputes {
  static final String KIND = "dispute";
  private static final Set<String> CLOSED = Set.of("won", "lost", "warning_closed", "prevented");

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;

  Disputes(StripeObjects objects, Events events, PlannedSteps steps) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
  }

  /** A dispute and its charge, both locked, the charge first. */
  record Locked(StripeObject charge, StripeObject dispute) {
    boolean isInquiry() {
      return dispute.requiredText("status").startsWith("warning_");
    }

    boolean isClosed() {
      return CLOSED.contains(dispute.requiredText("status"));
    }

    /** Whether no evidence has been submitted. */
    boolean awaitsResponse() {
      return dispute.is("status", "needs_response")
          || dispute.is("status", "warning_needs_response");
    }

    void requireOpen() {
      if (isClosed()) {
        throw StripeRefusal.wrongState(null, null, "This dispute is already closed");
      }
    }
  }

  Locked lock(String disputeId) {
    String chargeId =
        objects
            .findAnywhere(KIND, disputeId)
            .map(found -> found.requiredText("charge"))
            .orElseThrow(() -> noSuch(disputeId));
    return new Locked(
        objects.lockExisting("charge", chargeId), objects.lockExisting(KIND, disputeId));
  }

  static StripeRefusal noSuch(String disputeId) {
    return StripeRefusal.noSuch(KIND, disputeId, KIND);
  }

  /** Writes the dispute and its charge, and records that the dispute has changed. */
  void changed(Locked locked, ObjectNode before) {
    write(locked);
    events.recordChange("charge.dispute.updated", locked.dispute(), before);
  }

  /** Writes the dispute and its charge, and records that the dispute is closed. */
  void close(Locked locked, String status, ObjectNode before) {
    locked.dispute().body().put("status", status);
    write(locked);
    steps.cancel(PassDueDate.KIND, locked.dispute().id());
    steps.cancel(EndInquiry.KIND, locked.dispute().id());
    steps.cancel(BankDecides.KIND, locked.dispute().id());
    events.recordChange("charge.dispute.closed", locked.dispute(), before);
  }

  private void write(Locked locked) {
    StripeObject charge = locked.charge();
    locked.dispute().body().put("is_charge_refundable", isRefundable(charge));
    objects.save(charge);
    objects.save(locked.dispute());
  }

  private static boolean isRefundable(StripeObject charge) {
    long left =
        charge.number("amount")
            - charge.number("amount_refunded")
            - charge.innerNumber("charged_back");
    return charge.innerNumber("open_chargebacks") == 0 && left > 0;
  }

  /** Adds to the totals of disputes on the charge, so that refunds need not read its disputes. */
  static void add(StripeObject charge, String fact, long number) {
    charge.inner().put(fact, charge.innerNumber(fact) + number);
  }
}
