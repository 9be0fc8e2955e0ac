package io.cpdevents.billing.refunds;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A dispute that was lost is won after all: what the buyer had by it is owed again, as far as so
 * much is left.
 */
@Component
public class OweRefundsAgain {

  private final LockRefundFacts lockFacts;
  private final WaitingRefunds waiting;
  private final ExecuteRefundEffects execute;
  private final Clock clock;

  OweRefundsAgain(
      LockRefundFacts lockFacts,
      WaitingRefunds waiting,
      ExecuteRefundEffects execute,
      Clock clock) {
    this.lockFacts = lockFacts;
    this.waiting = waiting;
    this.execute = execute;
    this.clock = clock;
  }

  /** Owes what was kept for this case, see {@link GiveWayToDispute}. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID paymentId, String stripeDisputeId) {
    for (AcceptRefund.Command request : waiting.takeOwedAgain(stripeDisputeId)) {
      RefundFacts before = lockFacts.ofPayment(paymentId);
      // Nobody has been told of it yet, so nobody is told that nothing is left for it.
      List<RefundEffect> effects =
          RefundDecision.onRequest(before, request, clock.instant()).stream()
              .filter(effect -> !(effect instanceof RefundEffect.TellCancelled))
              .toList();
      execute.handle(effects);
      execute.handle(OwedAgain.rest(before, request, effects, stripeDisputeId));
    }
  }
}
