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

  /**
   * A refund as it is at Stripe.
   *
   * @param othersAreSettled whether what became of the other refunds of the payment is known. If
   *     not, a refund of more than we know to be left is not applied, because one of them may have
   *     come to nothing
   */
  record Command(StripeRefund refund, boolean othersAreSettled) {}

  /** What became of the command. */
  enum Answer {
    /** It is as at Stripe. */
    APPLIED,
    /** The other refunds of the payment have to be settled first. */
    OTHERS_FIRST,
    /** It is of no money of ours and has moved none. */
    NOT_OURS
  }

  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final DecideWaitingRefunds decideWaitingRefunds;
  private final Clock clock;

  ApplyRefund(
      LockRefundFacts lockFacts,
      ExecuteRefundEffects execute,
      DecideWaitingRefunds decideWaitingRefunds,
      Clock clock) {
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.decideWaitingRefunds = decideWaitingRefunds;
    this.clock = clock;
  }

  /** Applies what is new; the same again changes nothing. */
  @Transactional
  Answer handle(Command command) {
    return lockFacts
        .of(command.refund())
        .map(facts -> apply(facts, command))
        .orElseGet(() -> bookUnknown(command.refund()));
  }

  private Answer apply(RefundFacts facts, Command command) {
    Optional<List<RefundEffect>> effects =
        RefundDecision.onStripeRefund(
            facts, command.refund(), command.othersAreSettled(), Ids.next(), clock.instant());
    effects.ifPresent(execute::handle);
    if (effects.stream().flatMap(List::stream).anyMatch(ApplyRefund::leavesMore)) {
      decideWaitingRefunds.handle(facts.source().paymentId());
    }
    return effects.isPresent() ? Answer.APPLIED : Answer.OTHERS_FIRST;
  }

  /** Whether more of the payment is left: another refund may be owed of it again. */
  private static boolean leavesMore(RefundEffect effect) {
    return effect instanceof RefundEffect.GiveBack(RefundSource.OfPayment _, _);
  }

  private Answer bookUnknown(StripeRefund refund) {
    List<RefundEffect> effects = RefundDecision.onUnknownRefund(refund);
    execute.handle(effects);
    return effects.isEmpty() ? Answer.NOT_OURS : Answer.APPLIED;
  }
}
