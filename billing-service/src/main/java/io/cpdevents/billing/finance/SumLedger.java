package io.cpdevents.billing.finance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What accounts have is summed on from where it was summed last, and once a day from the first
 * posting on: then rows that were changed past the application are seen, however old they are.
 */
@Component
class SumLedger {

  private static final Duration AFRESH_INTERVAL = Duration.ofDays(1);

  private final LedgerSums sums;
  private final Clock clock;

  SumLedger(LedgerSums sums, Clock clock) {
    this.sums = sums;
    this.clock = clock;
  }

  /** Sums on. */
  @Transactional
  public void handle() {
    Instant now = clock.instant();
    Instant yesterday = now.minus(AFRESH_INTERVAL);
    if (sums.lock().filter(yesterday::isBefore).isEmpty()) {
      sums.forget(now);
    }
    sums.goOn();
  }
}
