package io.cpdevents.billing.disputes;

import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.platform.Ids;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stripe's view of a dispute becomes ours: how it stands, and what it did to Stripe's balance. */
@Component
class ApplyDispute {

  private final LockDisputeFacts lockFacts;
  private final ExecuteDisputeEffects execute;
  private final Clock clock;

  ApplyDispute(LockDisputeFacts lockFacts, ExecuteDisputeEffects execute, Clock clock) {
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.clock = clock;
  }

  /**
   * Applies what is new; the same again changes nothing.
   *
   * @param paymentIntentId of the charge that is disputed; null when it was made without one
   */
  @Transactional
  void handle(StripeDispute stripe, @Nullable String paymentIntentId) {
    DisputeFacts facts =
        paymentIntentId == null ? null : lockFacts.of(paymentIntentId, stripe.id()).orElse(null);
    List<DisputeEffect> effects =
        facts == null
            ? DisputeDecision.onUnknownPayment(stripe)
            : DisputeDecision.onStripeDispute(facts, stripe, Ids.next(), clock.instant());
    execute.handle(effects);
  }
}
