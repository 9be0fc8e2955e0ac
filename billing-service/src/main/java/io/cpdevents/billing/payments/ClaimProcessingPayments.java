package io.cpdevents.billing.payments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Payments with which the bank takes its time are handed to whoever asks Stripe about them. */
@Component
public class ClaimProcessingPayments {

  /** How often Stripe is asked about such a payment. */
  static final Duration CHECK_INTERVAL = Duration.ofMinutes(10);

  private final Payments payments;
  private final Clock clock;

  ClaimProcessingPayments(Payments payments, Clock clock) {
    this.payments = payments;
    this.clock = clock;
  }

  /** Payment intents that are due to be asked about; each is due again after the interval. */
  public List<String> handle(int maxRows) {
    Instant now = clock.instant();
    return payments.dueIntents(now, now.plus(CHECK_INTERVAL), maxRows);
  }
}
