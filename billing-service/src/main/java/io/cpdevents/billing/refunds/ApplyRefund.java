package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stripe's view of a refund becomes ours: its outcome, and what it did to Stripe's balance. */
@Component
class ApplyRefund {

  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final Clock clock;

  ApplyRefund(LockRefundFacts lockFacts, ExecuteRefundEffects execute, Clock clock) {
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.clock = clock;
  }

  /**
   * Applies what is new, unless it is more than we know to be left. Then what became of the other
   * refunds of the payment decides, and is to be learned first.
   *
   * @return whether it was applied
   */
  @Transactional
  boolean handleIfItFits(StripeRefund stripeRefund) {
    Optional<RefundFacts> facts = lockFacts.of(stripeRefund);
    if (facts.isPresent()) {
      return apply(facts.get(), stripeRefund, false);
    }
    bookUnknown(stripeRefund);
    return true;
  }

  /**
   * Applies what is new; the same again changes nothing. What became of the other refunds of the
   * payment is known.
   *
   * @return false when it is of no money of ours and has moved none
   */
  @Transactional
  boolean handle(StripeRefund stripeRefund) {
    return lockFacts
        .of(stripeRefund)
        .map(facts -> apply(facts, stripeRefund, true))
        .orElseGet(() -> bookUnknown(stripeRefund));
  }

  private boolean apply(RefundFacts facts, StripeRefund stripeRefund, boolean othersAreSettled) {
    Optional<List<RefundEffect>> effects =
        RefundDecision.onStripeRefund(
            facts, stripeRefund, othersAreSettled, Ids.next(), clock.instant());
    effects.ifPresent(execute::handle);
    return effects.isPresent();
  }

  private boolean bookUnknown(StripeRefund stripeRefund) {
    List<RefundEffect> effects = RefundDecision.onUnknownRefund(stripeRefund);
    execute.handle(effects);
    return !effects.isEmpty();
  }
}
