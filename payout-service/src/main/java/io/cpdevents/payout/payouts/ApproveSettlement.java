package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.LeftMoneyBearer;
import io.cpdevents.contracts.payout.PayoutEvent.LeftMoneySettled;
import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.payouts.Settlement.Subject;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.foureyes.Proposal;
import io.cpdevents.platform.foureyes.Proposal.Decision;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A second person of platform finance approves how a payout, or what it has left, is settled. */
@Component
public class ApproveSettlement {

  /**
   * An approval.
   *
   * @param settlementId the proposal that was seen
   */
  public record Command(UUID payoutId, UUID settlementId) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Payouts payouts;
  private final Settlements settlements;
  private final SettleableMoney settleable;
  private final AdvancePayout advance;
  private final Outbox outbox;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ApproveSettlement(
      Payouts payouts,
      Settlements settlements,
      SettleableMoney settleable,
      AdvancePayout advance,
      Outbox outbox,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.payouts = payouts;
    this.settlements = settlements;
    this.settleable = settleable;
    this.advance = advance;
    this.outbox = outbox;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Settles it, once.
   *
   * @throws RuleViolation {@code payout-not-found}, {@code no-settlement-proposed}, {@code
   *     four-eyes}, {@code not-settleable} or {@code stripe-unavailable}
   */
  public void handle(Command command, Caller caller) {
    UUID payoutId = command.payoutId();
    Payout payout = payouts.find(payoutId).orElseThrow(PayoutProblem.PAYOUT_NOT_FOUND::violation);
    Settlement settlement = waiting(payoutId, command.settlementId());
    settlement.proposal().requireAllowed(Decision.APPROVED, caller.accountId());
    if (settlement.subject() == Subject.LEFT_MONEY) {
      requireStillLeft(payout, settlement);
    }
    transaction.executeWithoutResult(_ -> settle(payout, settlement, caller));
  }

  private Settlement waiting(UUID payoutId, UUID settlementId) {
    return settlements
        .waiting(payoutId)
        .filter(waiting -> waiting.proposal().isMeantBy(settlementId))
        .orElseThrow(PayoutProblem.NO_SETTLEMENT_PROPOSED::violation);
  }

  private void requireStillLeft(Payout payout, Settlement settlement) {
    try {
      if (settleable.of(payout).compareTo(settlement.amount()) < 0) {
        throw PayoutProblem.NOT_SETTLEABLE.violation();
      }
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  /** Settling locks the payout, so that from then on nobody proposes or approves beside this. */
  private void settle(Payout payout, Settlement seen, Caller caller) {
    switch (seen.subject()) {
      case PAYOUT -> settlePayout(seen);
      case LEFT_MONEY -> settleLeftMoney(payout, seen);
    }
    Proposal approved =
        waiting(payout.id(), seen.proposal().id())
            .proposal()
            .decided(Decision.APPROVED, caller.accountId());
    settlements.save(approved, caller.accountId(), clock.instant());
    audit.record(
        "payout-settlement.approved",
        "payout",
        payout.id().toString(),
        payout.organizationId(),
        new Change(Map.of("settlement", "proposed"), Map.of("settlement", "approved"))
            .with(Map.of("settlementId", approved.id().toString())));
  }

  private void settlePayout(Settlement settlement) {
    advance.handle(
        settlement.payoutId(),
        current -> {
          if (current.status() != PayoutStatus.UNCONFIRMED) {
            throw PayoutProblem.NOT_SETTLEABLE.violation();
          }
          return switch (settlement.outcome()) {
            case PAID -> current.confirmed(clock.instant());
            case NOT_PAID, WRITTEN_OFF ->
                current.notArrived(settlement.proposal().id(), clock.instant());
          };
        });
  }

  private void settleLeftMoney(Payout payout, Settlement settlement) {
    settleable.require(payout, settlement.amount());
    Payout locked = payouts.lock(payout.id()).orElseThrow();
    outbox.append(
        new LeftMoneySettled(
            locked.id(),
            locked.organizationId(),
            locked.amount().toAmount(),
            settlement.proposal().id(),
            settlement.amount().toAmount(),
            settlement.outcome() == SettlementOutcome.PAID
                ? LeftMoneyBearer.ORGANIZATION
                : LeftMoneyBearer.PLATFORM,
            clock.instant(),
            locked.accountId()));
  }
}
