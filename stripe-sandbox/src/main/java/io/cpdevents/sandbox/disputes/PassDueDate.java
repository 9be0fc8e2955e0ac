package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Marks a chargeback as lost when nobody has answered in time; an inquiry stays open. */
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
  public void perform(String disputeId) {
    Disputes.Locked locked = disputes.lock(disputeId);
    if (locked.dispute().is("status", "needs_response")) {
      decideDispute.lose(locked);
    }
  }
}
