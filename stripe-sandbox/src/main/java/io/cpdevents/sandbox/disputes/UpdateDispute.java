package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stages evidence, or submits it, which is final. */
@Component
class UpdateDispute {
  private final Disputes disputes;
  private final Evidence evidence;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  UpdateDispute(
      Disputes disputes,
      Evidence evidence,
      PlannedSteps steps,
      SandboxClock clock,
      SandboxSettings settings) {
    this.disputes = disputes;
    this.evidence = evidence;
    this.steps = steps;
    this.clock = clock;
    this.settings = settings;
  }

  StripeObject handle(String disputeId, Params params) {
    Params given = params.child("evidence");
    Boolean submit = params.flag("submit");
    Disputes.Locked locked = disputes.lock(disputeId);
    locked.requireOpen();
    StripeObject dispute = locked.dispute();
    ObjectNode before = dispute.body().deepCopy();
    if (given != null) {
      requireResponseAllowed(locked);
      evidence.merge(given, dispute);
      details(dispute).put("has_evidence", Evidence.isGiven(dispute));
    }
    Metadata.merge(params, dispute.body());
    params.refuseOthers();
    // Stripe submits evidence by default.
    if (submit == null ? given != null : submit) {
      submit(locked);
    }
    disputes.changed(locked, before);
    return dispute;
  }

  private static void requireResponseAllowed(Disputes.Locked locked) {
    if (!locked.awaitsResponse()) {
      throw StripeRefusal.wrongState(
          null,
          "evidence",
          "Evidence for this dispute has been submitted already and cannot be changed.");
    }
    if (details(locked.dispute()).get("due_by").isNull()) {
      throw StripeRefusal.wrongState(
          null, "evidence", "The bank allows no response to this dispute.");
    }
  }

  private void submit(Disputes.Locked locked) {
    requireResponseAllowed(locked);
    StripeObject dispute = locked.dispute();
    evidence.requireSubmittable(dispute);
    ObjectNode details = details(dispute);
    JsonNode dueBy = details.get("due_by");
    details.put("submission_count", details.get("submission_count").longValue() + 1);
    details.put("past_due", clock.epochSecond() > dueBy.longValue());
    dispute.body().put("status", locked.isInquiry() ? "warning_under_review" : "under_review");
    steps.cancel(PassDueDate.KIND, dispute.id());
    if (BankDecides.isMovedBy(dispute)) {
      steps.planAfter(settings.disputeDelay(), BankDecides.KIND, dispute.id());
    }
  }

  private static ObjectNode details(StripeObject dispute) {
    return dispute.body().withObjectProperty("evidence_details");
  }
}
