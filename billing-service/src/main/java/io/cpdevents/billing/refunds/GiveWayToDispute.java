package io.cpdevents.billing.refunds;

import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reduces the refunds that we owe when the buyer has won a dispute that took more than the rest of
 * the payment: the buyer already has that part of them.
 */
@Component
public class GiveWayToDispute {

  /**
   * A lost dispute.
   *
   * @param movementId what moved its money last: a bank that changes its mind takes it again
   * @param missing what it took beyond what was left
   */
  public record Command(UUID paymentId, String movementId, Money missing) {}

  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final Clock clock;

  GiveWayToDispute(LockRefundFacts lockFacts, ExecuteRefundEffects execute, Clock clock) {
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.clock = clock;
  }

  /**
   * Owes less, as far as refunds are owed that Stripe has not begun. If the bank changes its mind,
   * that is owed again.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    RefundFacts facts = lockFacts.ofPayment(command.paymentId());
    RefundAdoption.Room room =
        RefundAdoption.madeRoom(facts, command.missing(), command.movementId(), clock.instant());
    execute.handle(room.effects());
    execute.handle(RefundAdoption.owedAgain(facts, room).toList());
  }
}
