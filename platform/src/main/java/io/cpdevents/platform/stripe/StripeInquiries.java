package io.cpdevents.platform.stripe;

import io.cpdevents.platform.jobs.BackOff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Stripe about one object after another; a failure does not stop the rest. */
public final class StripeInquiries {

  /** The waits before a failed request is tried again. */
  public static final BackOff RETRIES = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final Logger log = LoggerFactory.getLogger(StripeInquiries.class);

  private StripeInquiries() {}

  /**
   * Asks about one object. A failure of Stripe is logged and not thrown, so that the caller goes on
   * with the next object; the next sweep asks about this one again.
   */
  public static void ask(String subject, Runnable inquiry) {
    try {
      inquiry.run();
    } catch (StripeUnavailable | StripeRefused e) {
      log.warn("Stripe gave no answer about {}: {}", subject, e.getMessage());
    }
  }
}
