package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.QuarantinedCharges;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Refunds the second payment of a buyer who has paid twice, without being asked; the first payment
 * stays as it is.
 */
@Component
public class ReturnSecondCaptures {

  private static final int MAX_BATCH_ROWS = 20;

  private final QuarantinedCharges charges;
  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ReturnSecondCaptures(
      QuarantinedCharges charges,
      LockRefundFacts lockFacts,
      ExecuteRefundEffects execute,
      TransactionTemplate transaction,
      Clock clock) {
    this.charges = charges;
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Accepts a refund of each charge of a batch; returns its size. */
  public int handle() {
    List<String> due = charges.secondCaptures(MAX_BATCH_ROWS);
    for (String chargeId : due) {
      transaction.executeWithoutResult(_ -> giveBack(chargeId));
    }
    return due.size();
  }

  private void giveBack(String chargeId) {
    RefundFacts facts = lockFacts.ofCharge(chargeId);
    // Somebody may have refunded it in Stripe's dashboard since it was found.
    boolean isDone =
        facts.refunds().stream().anyMatch(each -> each.cause() == RefundCause.PAID_TWICE);
    if (!isDone && facts.source().left().isPositive() && facts.postedByPeople().isZero()) {
      execute.handle(
          RefundDecision.accepted(
              facts,
              Ids.next(),
              RefundCause.PAID_TWICE,
              null,
              facts.source().sharesOfAllLeft(RefundCause.PAID_TWICE),
              clock.instant()));
    }
  }
}
