package io.cpdevents.payout.payouts;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Billing has set the amount of a payout aside, and the money is sent; or it has refused. */
@Component
public class AcceptReservation {

  /** What billing has answered. */
  public record Command(UUID payoutId, boolean reserved) {}

  private final Payouts payouts;
  private final PayoutTasks tasks;

  AcceptReservation(Payouts payouts, PayoutTasks tasks) {
    this.payouts = payouts;
    this.tasks = tasks;
  }

  /** Goes on with the payout, or ends it. */
  @Transactional
  public void handle(Command command) {
    Payout payout = payouts.lock(command.payoutId()).orElseThrow();
    if (command.reserved()) {
      payouts.save(payout.reserved());
      tasks.send(payout.id());
    } else {
      payouts.save(payout.refused());
    }
  }
}
