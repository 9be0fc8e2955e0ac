package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Money is owed back to a buyer: accepted once, taken from those who bear it, and sent. */
@Component
public class AcceptRefund {

  /**
   * A request for a refund.
   *
   * @param refundId chosen by whoever asks: asking twice is asking once
   * @param lines what goes back for which ticket; empty: all that is left of the payment
   * @param cappedAtRemaining whether less goes back when less is left, nothing included
   */
  public record Command(
      UUID refundId,
      UUID paymentId,
      List<Line> lines,
      boolean cappedAtRemaining,
      RefundCause cause) {}

  /** An amount that goes back for one ticket. */
  public record Line(UUID ticketId, Money amount) {}

  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final Clock clock;

  AcceptRefund(LockRefundFacts lockFacts, ExecuteRefundEffects execute, Clock clock) {
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.clock = clock;
  }

  /**
   * Accepts a request.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 409 {@code not-captured} or {@code
   *     exceeds-refundable}, 422 {@code amount-not-payable}
   */
  @Transactional
  public void handle(Command command) {
    RefundFacts facts = lockFacts.ofPayment(command.paymentId());
    execute.handle(RefundDecision.onRequest(facts, command, clock.instant()));
  }
}
