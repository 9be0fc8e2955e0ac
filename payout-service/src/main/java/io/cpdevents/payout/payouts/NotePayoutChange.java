package io.cpdevents.payout.payouts;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stripe has told that something about its payout has changed: it will be asked what. */
@Component
public class NotePayoutChange {

  private final Payouts payouts;
  private final Clock clock;

  NotePayoutChange(Payouts payouts, Clock clock) {
    this.payouts = payouts;
    this.clock = clock;
  }

  /** Notes it; payouts of others are none of our business. */
  @Transactional
  public void handle(String bankPayoutId) {
    payouts.tellChange(bankPayoutId, clock.instant());
  }
}
