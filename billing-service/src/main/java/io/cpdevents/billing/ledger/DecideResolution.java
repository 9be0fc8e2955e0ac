package io.cpdevents.billing.ledger;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A second person approves or rejects what somebody has proposed about money in suspense, or it is
 * taken back. Approved, the money is posted and the break is resolved.
 */
@Component
public class DecideResolution {

  /** What is decided. */
  public enum Decision {
    APPROVED,
    REJECTED,
    TAKEN_BACK
  }

  /**
   * A decision.
   *
   * @param comment why it is rejected
   */
  public record Command(
      UUID breakId, Decision decision, UUID deciderId, @Nullable String comment) {}

  private final Breaks breaks;
  private final BreakResolutions resolutions;
  private final Ledger ledger;
  private final AuditTrail audit;
  private final Clock clock;

  DecideResolution(
      Breaks breaks, BreakResolutions resolutions, Ledger ledger, AuditTrail audit, Clock clock) {
    this.breaks = breaks;
    this.resolutions = resolutions;
    this.ledger = ledger;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Decides. The lock of the break keeps out whatever would resolve it by itself meanwhile.
   *
   * @throws RuleViolation 404 {@code break-not-found}; 409 {@code no-resolution-proposed}, {@code
   *     break-changed}; 403 {@code four-eyes} when the proposer approves or rejects
   */
  @Transactional
  public void handle(Command command) {
    Break about =
        breaks
            .lock(command.breakId())
            .orElseThrow(() -> BillingProblem.BREAK_NOT_FOUND.violation());
    BreakResolutions.Waiting proposal =
        resolutions
            .waiting(about.id())
            .orElseThrow(() -> BillingProblem.NO_RESOLUTION_PROPOSED.violation());
    if (command.decision() != Decision.TAKEN_BACK
        && proposal.proposedBy().equals(command.deciderId())) {
      throw BillingProblem.FOUR_EYES.violation();
    }
    UUID journalId = command.decision() == Decision.APPROVED ? post(about, proposal) : null;
    resolutions.decide(
        proposal.id(),
        command.decision(),
        command.deciderId(),
        command.comment(),
        journalId,
        clock.instant());
    if (journalId != null) {
      breaks.resolve(about.id(), clock.instant());
    }
    audit.record(
        "break-resolution." + ContractsJson.kebabCase(command.decision()),
        "break",
        about.id().toString(),
        null,
        Map.of("resolutionId", proposal.id().toString()));
  }

  private UUID post(Break about, BreakResolutions.Waiting proposal) {
    if (!breaks.inSuspense(about).equals(proposal.amount())) {
      throw BillingProblem.BREAK_CHANGED.violation();
    }
    LedgerAccount account = ResolutionAccounts.named(proposal.account()).orElseThrow();
    return ledger
        .post(
            new Journal(
                JournalKind.BREAK_RESOLVED,
                proposal.id().toString(),
                about.paymentId() == null
                    ? JournalReferences.none()
                    : JournalReferences.ofPayment(about.paymentId()),
                Postings.breakResolved(account, proposal.amount())))
        .orElseThrow();
  }
}
