package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Writes payouts. Their status goes from pending to in_transit to paid, and may fail even then. */
@Component
class Payouts {
  static final String KIND = "payout";
  static final String PENDING = "pending";
  static final String IN_TRANSIT = "in_transit";
  static final String PAID = "paid";
  static final String FAILED = "failed";
  static final String CANCELED = "canceled";

  private final StripeObjects objects;
  private final Events events;

  Payouts(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  static StripeRefusal noSuch(String id) {
    return StripeRefusal.noSuch(KIND, id, "id");
  }

  static boolean isAutomatic(StripeObject payout) {
    return payout.body().get("automatic").booleanValue();
  }

  /** Whether the payout has neither arrived nor ended otherwise. */
  static boolean isUnderWay(StripeObject payout) {
    return payout.is("status", PENDING) || payout.is("status", IN_TRANSIT);
  }

  /** Changes the status of a locked payout, and records it. */
  void changeStatus(StripeObject payout, String status, ObjectNode before) {
    payout.body().put("status", status);
    objects.save(payout);
    if (!status.equals(IN_TRANSIT)) {
      events.recordChange("payout." + status, payout, before);
    }
    events.recordChange("payout.updated", payout, before);
  }

  /** Shows the bank's trace id of a locked payout, or that there is none. */
  static void trace(StripeObject payout, boolean supported) {
    ObjectNode trace = payout.body().withObjectProperty("trace_id");
    trace.put("status", supported ? "supported" : "unsupported");
    trace.put(
        "value",
        supported ? "%015d".formatted(Integer.toUnsignedLong(payout.id().hashCode())) : null);
  }
}
