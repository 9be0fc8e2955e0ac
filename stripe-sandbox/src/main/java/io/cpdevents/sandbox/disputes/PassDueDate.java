package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Nobody has answered in time: the customer keeps the money. An inquiry just goes on. */
@Component
class PassDueDate implements StepHandler {
  static final String KIND = "pass-dispute-due-date";

  private final Disputes disputes;
  private final DecideDispute decideDispute;

  PassDueDate(Disputes disputes, DecideDispute decideDispute) {
    this.disputes = disputes;
    this.decideDispute = decideDispute;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void doStep(String disputeId) {
    Disputes.Locked locked = disputes.lock(disputeId);
    if (locked.dispute().is("status", "needs_response")) {
      decideDispute.lose(locked);
    }
  }
}
