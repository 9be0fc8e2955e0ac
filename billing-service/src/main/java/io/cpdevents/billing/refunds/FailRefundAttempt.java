package io.cpdevents.billing.refunds;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stripe has refused an attempt for good: the money is still owed, and a person has to help. */
@Component
class FailRefundAttempt {

  /**
   * A refusal.
   *
   * @param attempt which one was sent
   * @param reason Stripe's error code
   */
  record Command(UUID refundId, int attempt, String reason) {}

  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final Clock clock;

  FailRefundAttempt(LockRefundFacts lockFacts, ExecuteRefundEffects execute, Clock clock) {
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.clock = clock;
  }

  /** Fails the attempt, unless Stripe's answer has become known otherwise. */
  @Transactional
  void handle(Command command) {
    RefundFacts facts = lockFacts.ofRefund(command.refundId());
    execute.handle(
        RefundDecision.onRefusal(
            facts, command.refundId(), command.attempt(), command.reason(), clock.instant()));
  }
}
