package io.cpdevents.billing.refunds;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Refunds that were asked for while their payment was disputed are decided by what the dispute has
 * left of it: no more than that goes back. Those that were accepted before and could not be sent
 * are sent now.
 */
@Component
public class DecideWaitingRefunds {

  private static final Logger log = LoggerFactory.getLogger(DecideWaitingRefunds.class);

  private final LockRefundFacts lockFacts;
  private final WaitingRefunds waiting;
  private final ExecuteRefundEffects execute;
  private final Counter dropped;
  private final Clock clock;

  DecideWaitingRefunds(
      LockRefundFacts lockFacts,
      WaitingRefunds waiting,
      ExecuteRefundEffects execute,
      MeterRegistry metrics,
      Clock clock) {
    this.lockFacts = lockFacts;
    this.waiting = waiting;
    this.execute = execute;
    this.clock = clock;
    this.dropped =
        Counter.builder("cpd.refunds.dropped.after.dispute")
            .description("Refunds that were asked for and dropped: a dispute has left nothing")
            .register(metrics);
  }

  /**
   * Decides those of a payment, unless another dispute of it is open.
   *
   * @param lostDispute the dispute that has ended, by Stripe's id, when the buyer has won it: what
   *     it has left no money for is owed if the bank changes its mind; null when it was not lost
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID paymentId, @Nullable String lostDispute) {
    RefundFacts facts = lockFacts.ofPayment(paymentId);
    if (facts.source().isDisputed()) {
      return;
    }
    execute.handle(RefundDecision.onEndOfDispute(facts, clock.instant()));
    for (AcceptRefund.Command request : waiting.take(paymentId)) {
      // Each one takes from what is left for the next one.
      RefundFacts before = lockFacts.ofPayment(paymentId);
      List<RefundEffect> effects = RefundDecision.onRequest(before, request, clock.instant());
      if (effects.stream().anyMatch(RefundEffect.TellCancelled.class::isInstance)) {
        log.warn(
            "Refund {} is dropped: a dispute has left nothing of payment {}",
            request.refundId(),
            paymentId);
        dropped.increment();
      }
      execute.handle(effects);
      if (lostDispute != null && !effects.isEmpty()) {
        execute.handle(OwedAgain.rest(before, request, effects, lostDispute));
      }
    }
  }
}
