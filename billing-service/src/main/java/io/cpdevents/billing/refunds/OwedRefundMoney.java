package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.Break;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakMoney;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.billing.ledger.LedgerQueries;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What a buyer is owed by a refund that nobody sends any more: two people say that the buyer was
 * paid past Stripe, and from where.
 */
@Component
class OwedRefundMoney implements BreakMoney {

  /** A refund with which a person has to help, under the lock of its payment. */
  private record Owed(RefundFacts facts, Refund refund) {}

  private final Refunds refunds;
  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final LedgerQueries ledger;
  private final Clock clock;

  OwedRefundMoney(
      Refunds refunds,
      LockRefundFacts lockFacts,
      ExecuteRefundEffects execute,
      LedgerQueries ledger,
      Clock clock) {
    this.refunds = refunds;
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Set<BreakKind> kinds() {
    return Set.of(BreakKind.REFUND_OWED);
  }

  /** Nothing while Stripe has an attempt under way, or the ledger does not say the same yet. */
  @Override
  public Optional<Standing> lock(Break about) {
    return owed(about)
        .filter(owed -> {
          Money amount = owed.refund().amount();
          return ledger.owedBy(owed.refund().id(), amount.currency()).equals(amount);
        })
        .map(owed -> standing(owed.facts().source().registration(), owed.refund()));
  }

  @Override
  public void posted(Break about, LedgerAccount account, Standing standing) {
    Owed owed = owed(about).orElseThrow();
    execute.handle(RefundDecision.onPaidOtherwise(owed.facts(), owed.refund(), clock.instant()));
  }

  private Optional<Owed> owed(Break about) {
    UUID paymentId = about.paymentId();
    if (paymentId == null) {
      return Optional.empty();
    }
    return refunds
        .withBreak(paymentId, about.stripeId())
        .map(id -> {
          RefundFacts facts = lockFacts.ofRefund(id);
          return new Owed(facts, facts.refund(id).orElseThrow());
        })
        .filter(owed -> owed.refund().needsPerson());
  }

  private static Standing standing(PaidRegistration registration, Refund refund) {
    return new Standing(
        refund.amount().negate(),
        Postings.leavingRefunds(refund.amount()),
        JournalReferences.ofPayment(registration.eventId(), registration.id(), refund.paymentId())
            .withRefund(refund.id()),
        registration.organizationId());
  }
}
