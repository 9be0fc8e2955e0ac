package io.cpdevents.accounts.factors;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When removals of factors count as stuck. */
@Configuration(proxyBeanMethods = false)
class FactorStuckThresholds {

  /** Far longer than the interval of the sweep. */
  private static final Duration MAX_OVERDUE_TIME = Duration.ofHours(1);

  @Bean
  StuckThreshold factorRemovalsToBeDone() {
    return new StuckThreshold(
        "factor-removal",
        "waiting",
        new Rows(
            "factor_removal",
            "called_off_at IS NULL AND removed_at IS NULL",
            "due_at",
            Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }
}
