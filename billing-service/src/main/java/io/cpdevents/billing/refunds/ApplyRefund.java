package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.Ids;
import java.time.Clock;
import java.util.List;
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

  /** Applies what is new; the same again changes nothing. */
  @Transactional
  public void handle(StripeRefund stripeRefund) {
    List<RefundEffect> effects =
        lockFacts
            .of(stripeRefund)
            .map(facts ->
                RefundDecision.onStripeRefund(facts, stripeRefund, Ids.next(), clock.instant()))
            .orElseGet(() -> RefundDecision.onUnknownRefund(stripeRefund));
    execute.handle(effects);
  }
}
