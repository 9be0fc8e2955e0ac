package io.cpdevents.payout.payouts;

import io.cpdevents.payout.ignoredchanges.IgnoredReason;
import java.time.Clock;
import java.util.Optional;
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

  /**
   * Notes the change.
   *
   * @return why nothing follows from it; empty when Stripe will be asked
   */
  @Transactional
  public Optional<IgnoredReason> handle(String bankPayoutId) {
    if (payouts.noteChange(bankPayoutId, clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(payouts.isKnown(bankPayoutId) ? IgnoredReason.OVER : IgnoredReason.UNKNOWN);
  }
}
