package io.cpdevents.billing.disputes;

import io.cpdevents.billing.ledger.Break;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakMoney;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.billing.ledger.LedgerQueries;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What a dispute has taken beyond its payment, or in another currency: two people write it off once
 * the bank has decided. What comes back of it after that is written off in the other direction.
 */
@Component
class LostDisputeMoney implements BreakMoney {

  private final Disputes disputes;
  private final LockDisputeFacts lockFacts;
  private final ExecuteDisputeEffects execute;
  private final LedgerQueries ledger;

  LostDisputeMoney(
      Disputes disputes,
      LockDisputeFacts lockFacts,
      ExecuteDisputeEffects execute,
      LedgerQueries ledger) {
    this.disputes = disputes;
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.ledger = ledger;
  }

  @Override
  public Set<BreakKind> kinds() {
    return Set.of(BreakKind.DISPUTE_EXCEEDS_CHARGE, BreakKind.DISPUTE_IN_OTHER_CURRENCY);
  }

  /** Nothing before the bank has decided, or while the ledger does not say the same. */
  @Override
  public Optional<Standing> lock(Break about) {
    return facts(about)
        .filter(facts -> !dispute(facts).status().isUndecided())
        .filter(facts -> {
          Money nobodys = nobodys(facts);
          return !nobodys.isZero()
              && ledger.takenBy(dispute(facts).id(), nobodys.currency()).equals(nobodys);
        })
        .map(LostDisputeMoney::standing);
  }

  @Override
  public void posted(Break about, LedgerAccount account, Standing standing) {
    execute.handle(DisputeDecision.onWriteOff(facts(about).orElseThrow(), standing.amount()));
  }

  private Optional<DisputeFacts> facts(Break about) {
    return disputes.findByStripeId(about.stripeId()).map(dispute -> lockFacts.of(dispute.id()));
  }

  private static Dispute dispute(DisputeFacts facts) {
    return Objects.requireNonNull(facts.dispute());
  }

  private static Money nobodys(DisputeFacts facts) {
    return dispute(facts).money().nobodys(facts.payment().captured().currency());
  }

  private static Standing standing(DisputeFacts facts) {
    RefundablePayment payment = facts.payment();
    PaidRegistration registration = payment.registration();
    Currency currency = payment.captured().currency();
    Money held = dispute(facts).money().held().organizationShare(currency);
    return new Standing(
        nobodys(facts),
        Postings.leavingDisputes(nobodys(facts), registration.organizationId(), held),
        JournalReferences.ofPayment(registration.eventId(), registration.id(), payment.id())
            .withDispute(dispute(facts).id()),
        registration.organizationId());
  }
}
