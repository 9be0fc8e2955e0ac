package io.cpdevents.payout.payouts;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Platform finance stops a payout before its money leaves for the bank. A step that Stripe is
 * working on is finished; the next one is not sent, and nobody can call the payout off.
 */
@Component
public class HoldPayout {

  /** Which payout, who holds it, and why. */
  public record Command(UUID payoutId, UUID callerId, String reason) {}

  private final Payouts payouts;
  private final HoldNotes notes;
  private final AuditTrail audit;
  private final Clock clock;

  HoldPayout(Payouts payouts, HoldNotes notes, AuditTrail audit, Clock clock) {
    this.payouts = payouts;
    this.notes = notes;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Holds it; the last reason counts.
   *
   * @throws RuleViolation {@code payout-not-found} or {@code too-late-to-hold}
   */
  @Transactional
  public PayoutView handle(Command command) {
    Payout payout =
        payouts.lock(command.payoutId()).orElseThrow(PayoutProblem.PAYOUT_NOT_FOUND::violation);
    if (payout.isSentToBank()) {
      throw PayoutProblem.TOO_LATE_TO_HOLD.violation();
    }
    Payout held = payout.held(command.reason(), clock.instant());
    payouts.save(held);
    notes.add(held.id(), HoldNote.Kind.HELD, command.reason(), command.callerId());
    audit.record(
        "payout.held",
        "payout",
        held.id().toString(),
        held.organizationId(),
        new Change(Map.of("held", Boolean.toString(payout.isHeld())), Map.of("held", "true")));
    return PayoutView.forFinance(held, notes.of(held.id()));
  }
}
