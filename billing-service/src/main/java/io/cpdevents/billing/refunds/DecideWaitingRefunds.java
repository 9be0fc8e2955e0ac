package io.cpdevents.billing.refunds;

import io.cpdevents.billing.refunds.RefundEffect.TellCancelled;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.AfterCommit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Refunds that were asked for while their payment was disputed are decided by what the dispute has
 * left of it: no more than that goes back. So are those whose place a lost dispute, or another
 * refund, had taken, as far as a bank has changed its mind or the other one was called off. Those
 * that were accepted before and could not be sent are sent now.
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

  /** Decides those of a payment, unless a dispute of it is open. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID paymentId) {
    RefundFacts facts = lockFacts.ofPayment(paymentId);
    if (facts.source().isDisputed()) {
      return;
    }
    execute.handle(RefundDecision.onEndOfDispute(facts, clock.instant()));
    // Each one takes from what is left for the next one.
    for (OwedAgain.Owed owed : waiting.takeOwedAgain(paymentId)) {
      execute.handle(
          RefundDecision.onOwedAgain(
              lockFacts.ofPayment(paymentId), owed, Ids.next(), clock.instant()));
    }
    for (AcceptRefund.Command request : waiting.take(paymentId)) {
      List<RefundEffect> effects =
          RefundDecision.onRequest(lockFacts.ofPayment(paymentId), request, clock.instant());
      if (effects.stream().anyMatch(TellCancelled.class::isInstance)) {
        log.warn(
            "Refund {} is dropped: a dispute has left nothing of payment {}",
            request.refundId(),
            paymentId);
        AfterCommit.run(dropped::increment);
      }
      execute.handle(effects);
    }
  }
}
