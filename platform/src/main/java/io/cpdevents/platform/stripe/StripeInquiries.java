package io.cpdevents.platform.stripe;

import io.cpdevents.platform.jobs.BackOff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How Stripe is asked about one thing after the other, and how long is waited after a failure. */
public final class StripeInquiries {

  /** How long what failed waits before it is tried again. */
  public static final BackOff RETRIES = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final Logger log = LoggerFactory.getLogger(StripeInquiries.class);

  private StripeInquiries() {}

  /**
   * Asks about one thing. When Stripe cannot be asked now or refuses, that is logged and the next
   * one has its turn: the next sweep comes back to it.
   */
  public static void ask(String subject, Runnable inquiry) {
    try {
      inquiry.run();
    } catch (StripeUnavailable | StripeRefused e) {
      log.warn("Stripe was not asked about {}: {}", subject, e.getMessage());
    }
  }
}
