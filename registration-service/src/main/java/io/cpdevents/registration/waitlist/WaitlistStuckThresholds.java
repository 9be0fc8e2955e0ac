package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When an offer that is over counts as stuck: nobody can use its places. */
@Configuration(proxyBeanMethods = false)
class WaitlistStuckThresholds {

  /** The sweep runs every 5 seconds. */
  private static final Duration MAX_OVERDUE_TIME = Duration.ofMinutes(5);

  @Bean
  StuckThreshold waitlistOffers() {
    return new StuckThreshold(
        "waitlist-entry",
        "offered",
        new Rows("waitlist_entry", "status = 'offered'", "offer_expires_at", Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }
}
