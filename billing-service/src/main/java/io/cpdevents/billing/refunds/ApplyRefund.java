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
public class ApplyRefund {

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
  public boolean handleIfItFits(StripeRefund stripeRefund) {
    return apply(stripeRefund, false);
  }

  /**
   * Applies what is new; the same again changes nothing. What became of the other refunds of the
   * payment is known.
   */
  @Transactional
  public void handle(StripeRefund stripeRefund) {
    apply(stripeRefund, true);
  }

  private boolean apply(StripeRefund stripeRefund, boolean othersAreSettled) {
    Optional<List<RefundEffect>> effects =
        lockFacts
            .of(stripeRefund)
            .map(facts ->
                RefundDecision.onStripeRefund(
                    facts, stripeRefund, othersAreSettled, Ids.next(), clock.instant()))
            .orElseGet(() -> Optional.of(RefundDecision.onUnknownRefund(stripeRefund)));
    effects.ifPresent(execute::handle);
    return effects.isPresent();
  }
}
