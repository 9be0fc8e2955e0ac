package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.Payout.Step;
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
    advance.handle(
        command.payoutId(),
        current -> command.reserved() ? goOn(current) : current.refused(clock.instant()));
  }

  private Step goOn(Payout current) {
    Optional<Payout> reserved = current.reserved();
    reserved.ifPresent(payout -> tasks.send(payout.id()));
    return new Step(reserved.orElse(current), Optional.empty());
  }
}
