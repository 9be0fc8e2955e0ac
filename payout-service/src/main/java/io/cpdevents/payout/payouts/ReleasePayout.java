package io.cpdevents.payout.payouts;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Platform finance lets a payout that it has held go on. */
@Component
public class ReleasePayout {

  /** Which payout, who lets it go on, and why. */
  public record Command(UUID payoutId, UUID callerId, String reason) {}

  private final Payouts payouts;
  private final HoldNotes notes;
  private final PayoutTasks tasks;
  private final AuditTrail audit;

  ReleasePayout(Payouts payouts, HoldNotes notes, PayoutTasks tasks, AuditTrail audit) {
    this.payouts = payouts;
    this.notes = notes;
    this.tasks = tasks;
    this.audit = audit;
  }

  /**
   * Lets it go on.
   *
   * @throws RuleViolation {@code payout-not-found} or {@code not-held}
   */
  @Transactional
  public PayoutView handle(Command command) {
    Payout payout =
        payouts.lock(command.payoutId()).orElseThrow(PayoutProblem.PAYOUT_NOT_FOUND::violation);
    if (!payout.isHeld()) {
      throw PayoutProblem.NOT_HELD.violation();
    }
    Payout released = payout.released();
    payouts.save(released);
    notes.add(released.id(), HoldNote.Kind.RELEASED, command.reason(), command.callerId());
    if (released.isToBeSent()) {
      tasks.sendNow(released.id());
    }
    audit.record(
        "payout.released",
        "payout",
        released.id().toString(),
        released.organizationId(),
        new Change(Map.of("held", "true"), Map.of("held", "false")));
    return PayoutView.forFinance(released, notes.of(released.id()));
  }
}
