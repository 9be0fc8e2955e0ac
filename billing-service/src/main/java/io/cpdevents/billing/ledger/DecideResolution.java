package io.cpdevents.billing.ledger;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
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

  /** What is decided. */
  public enum Decision {
    APPROVED(BreakResolutionTrigger.APPROVED, true),
    REJECTED(BreakResolutionTrigger.REJECTED, true),
    TAKEN_BACK(BreakResolutionTrigger.TAKEN_BACK, false);

    private final BreakResolutionTrigger trigger;
    private final boolean needsSecondPerson;

    Decision(BreakResolutionTrigger trigger, boolean needsSecondPerson) {
      this.trigger = trigger;
      this.needsSecondPerson = needsSecondPerson;
    }

    /** What it does to the proposal. */
    BreakResolutionTrigger trigger() {
      return trigger;
    }

    /** Whether somebody else than the proposer has to decide it. */
    boolean needsSecondPerson() {
      return needsSecondPerson;
    }
  }

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
    BreakResolution proposal =
        resolutions.waiting(List.of(about.id())).stream()
            .filter(waiting ->
                command.resolutionId() == null || waiting.id().equals(command.resolutionId()))
            .findFirst()
            .orElseThrow(() -> BillingProblem.NO_RESOLUTION_PROPOSED.violation());
    BreakResolution decided = proposal.decided(command.decision(), command.deciderId());
    if (decided.status() == BreakResolutionStatus.APPROVED) {
      BreakMoney.Standing standing = standing(locked, decided);
      save(decided, command, post(about, decided, standing));
      breaks.resolve(about.id(), clock.instant());
      money.posted(about, standing);
    } else {
      save(decided, command, null);
    }
    audit.record(
        "break-resolution." + ContractsJson.kebabCase(command.decision()),
        "break",
        about.id().toString(),
        null,
        details(decided, command.comment()));
  }

  private void save(BreakResolution decided, Command command, @Nullable UUID journalId) {
    resolutions.save(decided, command.deciderId(), command.comment(), journalId, clock.instant());
  }

  /** What can be posted, which has to be what was proposed. */
  private static BreakMoney.Standing standing(BreaksMoney.Locked locked, BreakResolution proposal) {
    return locked
        .standing()
        .filter(standing -> standing.amount().equals(proposal.amount()))
        .orElseThrow(() -> BillingProblem.BREAK_CHANGED.violation());
  }

  private UUID post(Break about, BreakResolution decided, BreakMoney.Standing standing) {
    LedgerAccount account = about.kind().account(decided.account()).orElseThrow();
    return ledger
        .post(
            new Journal(
                JournalKind.BREAK_RESOLVED,
                decided.id().toString(),
                standing.about(),
                Postings.breakResolved(account, standing.amount(), standing.leaving())))
        .orElseThrow();
  }

  private static Map<String, String> details(BreakResolution decided, @Nullable String comment) {
    String id = decided.id().toString();
    return comment == null
        ? Map.of("resolutionId", id)
        : Map.of("resolutionId", id, "reason", comment);
  }
}
