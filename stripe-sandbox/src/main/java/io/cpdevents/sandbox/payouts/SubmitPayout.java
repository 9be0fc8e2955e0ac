package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Submits a pending payout to the bank, at the midnight after its creation. */
@Component
class SubmitPayout implements StepHandler {
  static final String KIND = "submit-payout";

  private final StripeObjects objects;
  private final Payouts payouts;
  private final Events events;

  SubmitPayout(StripeObjects objects, Payouts payouts, Events events) {
    this.objects = objects;
    this.payouts = payouts;
    this.events = events;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  /** Since then, the balance transactions of an automatic payout can be listed. */
  @Override
  public void perform(String payoutId) {
    StripeObject payout = objects.lockExisting(Payouts.KIND, payoutId);
    if (!payout.is("status", Payouts.PENDING)) {
      return;
    }
    ObjectNode before = payout.body().deepCopy();
    if (Payouts.isAutomatic(payout)) {
      payout.body().put("reconciliation_status", "completed");
    }
    payouts.changeStatus(payout, Payouts.IN_TRANSIT, before);
    if (Payouts.isAutomatic(payout)) {
      events.record("payout.reconciliation_completed", payout);
    }
  }
}
