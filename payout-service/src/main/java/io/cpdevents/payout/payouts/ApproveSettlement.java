package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.LeftMoneyBearer;
import io.cpdevents.contracts.payout.PayoutEvent.LeftMoneySettled;
import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.payouts.Settlements.Proposal;
import io.cpdevents.payout.payouts.Settlements.Subject;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.RecentLogIn;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A second person of platform finance approves how a payout, or what it has left, is settled. */
@Component
public class ApproveSettlement {

  /**
   * An approval.
   *
   * @param settlementId the proposal that was seen; null for whichever waits
   */
  public record Command(UUID payoutId, @Nullable UUID settlementId) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Payouts payouts;
  private final Settlements settlements;
  private final SettleableMoney settleable;
  private final AdvancePayout advance;
  private final Outbox outbox;
  private final RecentLogIn recentLogIn;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ApproveSettlement(
      Payouts payouts,
      Settlements settlements,
      SettleableMoney settleable,
      AdvancePayout advance,
      Outbox outbox,
      RecentLogIn recentLogIn,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.payouts = payouts;
    this.settlements = settlements;
    this.settleable = settleable;
    this.advance = advance;
    this.outbox = outbox;
    this.recentLogIn = recentLogIn;
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
    recentLogIn.require(caller);
    Payout payout = payouts.find(payoutId).orElseThrow(PayoutProblem.PAYOUT_NOT_FOUND::violation);
    Proposal proposal =
        settlements
            .waiting(payoutId)
            .filter(waiting ->
                command.settlementId() == null || waiting.id().equals(command.settlementId()))
            .orElseThrow(PayoutProblem.NO_SETTLEMENT_PROPOSED::violation);
    if (proposal.proposedBy().equals(caller.accountId())) {
      throw PayoutProblem.FOUR_EYES.violation();
    }
    if (proposal.subject() == Subject.LEFT_MONEY) {
      requireStillLeft(payout, proposal);
    }
    transaction.executeWithoutResult(_ -> settle(payout, proposal, caller));
  }

  private void requireStillLeft(Payout payout, Proposal proposal) {
    try {
      if (settleable.of(payout).compareTo(proposal.amount()) < 0) {
        throw PayoutProblem.NOT_SETTLEABLE.violation();
      }
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  private void settle(Payout payout, Proposal proposal, Caller caller) {
    switch (proposal.subject()) {
      case PAYOUT -> settlePayout(proposal);
      case LEFT_MONEY -> settleLeftMoney(payout, proposal);
    }
    if (!settlements.decide(proposal.id(), caller.accountId(), clock.instant())) {
      throw PayoutProblem.NO_SETTLEMENT_PROPOSED.violation();
    }
    audit.record(
        "payout-settlement.approved",
        "payout",
        payout.id().toString(),
        payout.organizationId(),
        Map.of("settlementId", proposal.id().toString()));
  }

  private void settlePayout(Proposal proposal) {
    advance.handle(
        proposal.payoutId(),
        current -> {
          if (current.status() != PayoutStatus.UNCONFIRMED) {
            throw PayoutProblem.NOT_SETTLEABLE.violation();
          }
          return switch (proposal.outcome()) {
            case PAID -> current.confirmed(clock.instant());
            case NOT_PAID, WRITTEN_OFF -> current.notArrived(proposal.id(), clock.instant());
          };
        });
  }

  private void settleLeftMoney(Payout payout, Proposal proposal) {
    settleable.require(payout, proposal.amount());
    Payout locked = payouts.lock(payout.id()).orElseThrow();
    outbox.append(
        new LeftMoneySettled(
            locked.id(),
            locked.organizationId(),
            locked.amount().toAmount(),
            proposal.id(),
            proposal.amount().toAmount(),
            proposal.outcome() == SettlementOutcome.PAID
                ? LeftMoneyBearer.ORGANIZATION
                : LeftMoneyBearer.PLATFORM,
            clock.instant(),
            locked.accountId()));
  }
}
