package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Money that stands in suspense by a movement of Stripe's balance whose cause is not known. */
@Component
class SuspenseMoney implements BreakMoney {

  private final Breaks breaks;

  SuspenseMoney(Breaks breaks) {
    this.breaks = breaks;
  }

  @Override
  public Set<BreakKind> kinds() {
    return BreakKind.unexplained();
  }

  /**
   * The break itself is all that there is to lock. Nothing of what a dispute has moved of a charge
   * that its payment did not want: it lies against that charge, whose break people post. But what
   * was taken in another currency lies against nothing once the bank has decided.
   */
  @Override
  public Optional<Standing> lock(Break about) {
    breaks.lock(about.id());
    Money amount = breaks.inSuspense(about);
    return amount.isZero() || breaks.liesAgainstCharge(about)
        ? Optional.empty()
        : Optional.of(standing(about, amount));
  }

  /** With what Stripe has converted also what waits for it in the currency of its cause. */
  private Standing standing(Break about, Money amount) {
    List<Posting> leaving = new ArrayList<>(Postings.leavingSuspense(amount));
    JournalReferences references = JournalReferences.ofPayment(about.paymentId());
    Breaks.Converted converted = breaks.converted(about).orElse(null);
    if (converted != null) {
      UUID refundId = converted.refundId();
      if (refundId == null) {
        leaving.addAll(Postings.chargeConverted(converted.amount()));
      } else {
        leaving.addAll(Postings.refundConverted(converted.amount().negate()));
        references = references.withRefund(refundId);
      }
    }
    return new Standing(amount, leaving, references, null);
  }

  /** Nothing follows: it was in suspense alone. */
  @Override
  public void posted(Break about, LedgerAccount account, Standing standing) {}
}
