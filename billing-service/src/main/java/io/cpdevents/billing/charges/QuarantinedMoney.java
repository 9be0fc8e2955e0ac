package io.cpdevents.billing.charges;

import io.cpdevents.billing.ledger.Break;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakMoney;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.ledger.ResolveBreak;
import io.cpdevents.billing.payments.LockPayment;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What is left of a charge that no payment wanted: two people say whose it is, or who bears what a
 * dispute has taken beyond it. After that nothing of it goes back by itself, and what Stripe
 * refunds of it nevertheless is a break of its own.
 */
@Component
class QuarantinedMoney implements BreakMoney {

  private static final List<BreakKind> MOVEMENTS =
      List.of(BreakKind.UNKNOWN_DISPUTE, BreakKind.UNEXPLAINED_BALANCE_TRANSACTION);

  private final Charges charges;
  private final LockPayment lockPayment;
  private final ResolveBreak resolveBreak;

  QuarantinedMoney(Charges charges, LockPayment lockPayment, ResolveBreak resolveBreak) {
    this.charges = charges;
    this.lockPayment = lockPayment;
    this.resolveBreak = resolveBreak;
  }

  @Override
  public Set<BreakKind> kinds() {
    return BreakKind.quarantined();
  }

  /** Nothing while all of it goes back, or a bank has not decided about it. */
  @Override
  public Optional<Standing> lock(Break about) {
    // The payment first, as whoever refunds the charge does.
    charges
        .quarantined(about.stripeId())
        .flatMap(seen -> Optional.ofNullable(seen.paymentId()))
        .ifPresent(lockPayment::handle);
    return charges
        .lockQuarantined(about.stripeId())
        .filter(charge -> !charge.isDisputed() && !charge.left().isZero())
        .map(charge -> standing(about, charge.left()));
  }

  /** What disputes have moved of it in its own currency is in what was posted. */
  @Override
  public void posted(Break about, LedgerAccount account, Standing standing) {
    charges.addReturned(about.stripeId(), standing.amount().negate());
    List<String> movements = charges.disputeMovements(about.stripeId());
    for (BreakKind kind : MOVEMENTS) {
      resolveBreak.handle(new ResolveBreak.Command(kind, movements));
    }
  }

  private static Standing standing(Break about, Money left) {
    return new Standing(
        left.negate(),
        Postings.leavingSuspense(left.negate()),
        JournalReferences.ofPayment(about.paymentId()),
        null);
  }
}
