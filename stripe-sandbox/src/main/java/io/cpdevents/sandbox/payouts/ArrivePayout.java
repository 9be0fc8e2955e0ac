package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ends a payout on its arrival date: it is paid, or fails when its bank account is made for that.
 */
@Component
class ArrivePayout implements StepHandler {
  static final String KIND = "arrive-payout";

  /** The inner fact with the failure code of a payout that will not arrive. */
  static final String FAILS_WITH = "fails_with";

  private final StripeObjects objects;
  private final Payouts payouts;
  private final FailPayout failPayout;

  ArrivePayout(StripeObjects objects, Payouts payouts, FailPayout failPayout) {
    this.objects = objects;
    this.payouts = payouts;
    this.failPayout = failPayout;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String payoutId) {
    StripeObject found = objects.findAnywhere(Payouts.KIND, payoutId).orElseThrow();
    String failure = found.innerText(FAILS_WITH);
    if (failure != null && Payouts.isUnderWay(found)) {
      failPayout.handle(payoutId, failure);
      return;
    }
    StripeObject payout = objects.lockExisting(Payouts.KIND, payoutId);
    if (Payouts.isUnderWay(payout)) {
      ObjectNode before = payout.body().deepCopy();
      Payouts.trace(payout, true);
      payouts.changeStatus(payout, Payouts.PAID, before);
    }
  }
}
