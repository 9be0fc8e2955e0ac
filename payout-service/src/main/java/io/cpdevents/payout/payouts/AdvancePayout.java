package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.payout.payouts.Payout.Step;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A payout goes a step on, under its lock, and the others hear of it. */
@Component
class AdvancePayout {

  /** Stripe's message comes when something happens; this is for messages that were lost. */
  private static final Duration MIN_TIME_BEFORE_CHECK = Duration.ofMinutes(1);

  private final Payouts payouts;
  private final Outbox outbox;
  private final Clock clock;

  AdvancePayout(Payouts payouts, Outbox outbox, Clock clock) {
    this.payouts = payouts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Takes the step.
   *
   * @param step from the payout as it is now
   * @return the payout afterwards
   */
  @Transactional
  Payout handle(UUID id, Function<Payout, Step> step) {
    Step taken = step.apply(payouts.lock(id).orElseThrow());
    payouts.save(taken.payout());
    taken
        .told()
        .ifPresent(told -> {
          outbox.append(told);
          if (told instanceof PayoutSent) {
            payouts.checkFrom(id, clock.instant().plus(MIN_TIME_BEFORE_CHECK));
          }
        });
    return taken.payout();
  }
}
