package io.cpdevents.payout.payouts;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Billing has set the amount of a payout aside, and the money is sent; or it has refused. */
@Component
public class AcceptReservation {

  /** What billing has answered. */
  public record Command(UUID payoutId, boolean reserved) {}

  private final AdvancePayout advance;
  private final PayoutTasks tasks;
  private final Clock clock;

  AcceptReservation(AdvancePayout advance, PayoutTasks tasks, Clock clock) {
    this.advance = advance;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Goes on with the payout, or ends it. */
  @Transactional
  public void handle(Command command) {
    Payout payout =
        advance.handle(
            command.payoutId(),
            current ->
                command.reserved()
                    ? new Payout.Step(current.reserved(), Optional.empty())
                    : current.refused(clock.instant()));
    if (payout.isToBeSent()) {
      tasks.send(payout.id());
    }
  }
}
