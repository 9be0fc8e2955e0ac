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
  public void handle(StripeRefund told) {
    List<RefundEffect> effects =
        lockFacts
            .of(told)
            .map(facts -> RefundDecision.onStripeRefund(facts, told, Ids.next(), clock.instant()))
            .orElseGet(() -> RefundDecision.onUnknownRefund(told));
    execute.handle(effects);
  }
}
