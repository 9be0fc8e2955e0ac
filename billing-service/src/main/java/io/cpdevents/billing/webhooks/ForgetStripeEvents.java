package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Deletes events that were applied or ignored; those that were not wait for an operator. */
@Component
public class ForgetStripeEvents {

  /**
   * Stripe posts an event for 3 days and again on request for 30: its id must be known that long.
   */
  private static final Duration RETENTION = Duration.ofDays(35);

  private static final int MAX_BATCH_ROWS = 1_000;

  private final StripeEvents events;
  private final SystemTime systemTime;

  ForgetStripeEvents(StripeEvents events, SystemTime systemTime) {
    this.events = events;
    this.systemTime = systemTime;
  }

  /** Deletes a batch. Returns how many. */
  public int handle() {
    return events.forget(systemTime.now().minus(RETENTION), MAX_BATCH_ROWS);
  }
}
