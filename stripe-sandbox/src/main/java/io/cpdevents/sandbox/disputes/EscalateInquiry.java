package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.payments.ChargeDisputed;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Escalates an inquiry: it becomes a chargeback. */
@Component
class EscalateInquiry {
  private final Disputes disputes;
  private final WithdrawFunds withdrawFunds;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final ApplicationEventPublisher publisher;

  EscalateInquiry(
      Disputes disputes,
      WithdrawFunds withdrawFunds,
      PlannedSteps steps,
      SandboxClock clock,
      ApplicationEventPublisher publisher) {
    this.disputes = disputes;
    this.withdrawFunds = withdrawFunds;
    this.steps = steps;
    this.clock = clock;
    this.publisher = publisher;
  }

  /** Withdraws the whole amount of the inquiry, whatever was refunded since. */
  StripeObject handle(String disputeId) {
    Disputes.Locked locked = disputes.lock(disputeId);
    locked.requireOpen();
    StripeObject dispute = locked.dispute();
    if (!locked.isInquiry()) {
      throw StripeRefusal.wrongState(null, null, "This dispute is a chargeback already.");
    }
    ObjectNode before = dispute.body().deepCopy();
    ObjectNode body = dispute.body();
    body.put("status", "needs_response");
    if (body.path("payment_method_details").path("card") instanceof ObjectNode card) {
      String code = DisputeReason.of(dispute.requiredText("reason")).networkCode();
      card.put("case_type", DisputeKind.CHARGEBACK.caseType());
      card.put("network_reason_code", code);
      body.put("network_reason_code", code);
    }
    long dueBy = DueDates.after(clock, DueDates.daysOf(locked.charge()));
    body.withObjectProperty("evidence_details").put("due_by", dueBy);
    steps.cancel(EndInquiry.KIND, disputeId);
    steps.cancel(PassDueDate.KIND, disputeId);
    steps.planAt(dueBy, PassDueDate.KIND, disputeId);
    withdrawFunds.book(locked);
    disputes.changed(locked, before);
    withdrawFunds.record(locked);
    publisher.publishEvent(new ChargeDisputed(locked.charge()));
    return dispute;
  }
}
