package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.payouts.Settlement.Subject;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.foureyes.Proposal;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Platform finance says how a payout ended that Stripe cannot be asked about, or whose it is what
 * payouts have left on its account; a second person approves.
 */
@Component
public class ProposeSettlement {

  /**
   * What was found out.
   *
   * @param settlementId the same when it is repeated
   */
  public record Command(
      UUID settlementId, UUID payoutId, SettlementOutcome outcome, String reason) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final Map<Subject, Set<SettlementOutcome>> OUTCOMES =
      Map.of(
          Subject.PAYOUT, Set.of(SettlementOutcome.PAID, SettlementOutcome.NOT_PAID),
          Subject.LEFT_MONEY, Set.of(SettlementOutcome.PAID, SettlementOutcome.WRITTEN_OFF));

  private final Payouts payouts;
  private final Settlements settlements;
  private final SettleableMoney settleable;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ProposeSettlement(
      Payouts payouts,
      Settlements settlements,
      SettleableMoney settleable,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.payouts = payouts;
    this.settlements = settlements;
    this.settleable = settleable;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Proposes; a proposal that waits is replaced.
   *
   * @throws RuleViolation {@code payout-not-found}, {@code not-settleable} or {@code
   *     stripe-unavailable}
   */
  public void handle(Command command, Caller caller) {
    Payout payout =
        payouts.find(command.payoutId()).orElseThrow(PayoutProblem.PAYOUT_NOT_FOUND::violation);
    boolean isUnconfirmed = payout.status() == PayoutStatus.UNCONFIRMED;
    Subject subject = isUnconfirmed ? Subject.PAYOUT : Subject.LEFT_MONEY;
    Money amount = isUnconfirmed ? payout.amount() : left(payout);
    if (!amount.isPositive()
        || !OUTCOMES.getOrDefault(subject, Set.of()).contains(command.outcome())) {
      throw PayoutProblem.NOT_SETTLEABLE.violation();
    }
    Settlement settlement =
        new Settlement(
            Proposal.proposed(command.settlementId(), caller.accountId()),
            payout.id(),
            subject,
            command.outcome(),
            amount,
            command.reason());
    transaction.executeWithoutResult(_ -> store(settlement));
  }

  private Money left(Payout payout) {
    if (!payout.hasLeftMoney()) {
      return Money.zero(payout.amount().currency());
    }
    try {
      return settleable.of(payout);
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  private void store(Settlement settlement) {
    Payout payout = payouts.lock(settlement.payoutId()).orElseThrow();
    UUID id = settlement.proposal().id();
    if (settlements.has(id)) {
      return;
    }
    Instant now = clock.instant();
    settlements
        .waiting(payout.id())
        .flatMap(replaced -> replaced.proposal().overtaken())
        .ifPresent(overtaken -> settlements.save(overtaken, null, now));
    settlements.insert(settlement, payout, now);
    audit.record(
        "payout-settlement.proposed",
        "payout",
        payout.id().toString(),
        payout.organizationId(),
        new Change(
            Map.of(),
            Map.of(
                "settlementId", id.toString(),
                "outcome", ContractsJson.kebabCase(settlement.outcome()),
                "amountMinor", Long.toString(settlement.amount().amountMinor()))));
  }
}
