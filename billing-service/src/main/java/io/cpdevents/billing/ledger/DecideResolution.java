package io.cpdevents.billing.ledger;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.foureyes.Proposal;
import io.cpdevents.platform.foureyes.Proposal.Decision;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A second person approves or rejects what somebody has proposed about the money of a break, or it
 * is taken back. Approved, the money is posted and the break is resolved.
 */
@Component
public class DecideResolution {

  /**
   * A decision.
   *
   * @param resolutionId the proposal that the decider has seen; null: whichever waits is taken back
   * @param comment why it is rejected
   */
  public record Command(
      UUID breakId,
      @Nullable UUID resolutionId,
      Decision decision,
      UUID deciderId,
      @Nullable String comment) {}

  private final BreaksMoney money;
  private final Breaks breaks;
  private final BreakResolutions resolutions;
  private final Ledger ledger;
  private final AuditTrail audit;
  private final Clock clock;

  DecideResolution(
      BreaksMoney money,
      Breaks breaks,
      BreakResolutions resolutions,
      Ledger ledger,
      AuditTrail audit,
      Clock clock) {
    this.money = money;
    this.breaks = breaks;
    this.resolutions = resolutions;
    this.ledger = ledger;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Decides. The locks of the break and of what it is about keep out whatever would resolve it
   * otherwise meanwhile.
   *
   * @throws RuleViolation 404 {@code break-not-found}, {@code no-resolution-proposed}; 409 {@code
   *     break-changed}; 403 {@code four-eyes} when the proposer approves or rejects
   */
  @Transactional
  public void handle(Command command) {
    BreaksMoney.Locked locked = money.lock(command.breakId());
    Break about = locked.about();
    BreakResolution resolution =
        resolutions.waiting(List.of(about.id())).stream()
            .filter(waiting -> waiting.proposal().isMeantBy(command.resolutionId()))
            .findFirst()
            .orElseThrow(() -> BillingProblem.NO_RESOLUTION_PROPOSED.violation());
    Proposal decided = resolution.proposal().decided(command.decision(), command.deciderId());
    switch (command.decision()) {
      case APPROVED -> {
        BreakMoney.Standing standing = standing(locked, resolution);
        save(decided, command, post(about, resolution, standing));
        breaks.resolve(about.id(), clock.instant());
        money.posted(about, account(about, resolution), standing);
      }
      case REJECTED, TAKEN_BACK -> save(decided, command, null);
    }
    audit.record(
        "break-resolution." + ContractsJson.kebabCase(command.decision()),
        "break",
        about.id().toString(),
        null,
        new Change(
                Map.of("resolution", "proposed"),
                Map.of("resolution", ContractsJson.kebabCase(command.decision())))
            .with(Map.of("resolutionId", decided.id().toString())));
  }

  private void save(Proposal decided, Command command, @Nullable UUID journalId) {
    resolutions.save(decided, command.deciderId(), command.comment(), journalId, clock.instant());
  }

  /** What can be posted, which has to be what was proposed. */
  private BreakMoney.Standing standing(BreaksMoney.Locked locked, BreakResolution resolution) {
    return money
        .postable(locked, account(locked.about(), resolution))
        .filter(standing -> standing.amount().equals(resolution.amount()))
        .orElseThrow(() -> BillingProblem.BREAK_CHANGED.violation());
  }

  private UUID post(Break about, BreakResolution resolution, BreakMoney.Standing standing) {
    return ledger
        .post(
            new Journal(
                JournalKind.BREAK_RESOLVED,
                resolution.proposal().id().toString(),
                standing.about(),
                Postings.breakResolved(
                    account(about, resolution), standing.amount(), standing.leaving())))
        .orElseThrow();
  }

  private static LedgerAccount account(Break about, BreakResolution resolution) {
    return about.kind().account(resolution.account()).orElseThrow();
  }
}
