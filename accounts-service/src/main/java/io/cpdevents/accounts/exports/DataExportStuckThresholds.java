package io.cpdevents.accounts.exports;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When exports that are made count as stuck. */
@Configuration(proxyBeanMethods = false)
class DataExportStuckThresholds {

  /** Services answer within seconds. */
  private static final Duration MAX_MAKING_TIME = Duration.ofHours(1);

  @Bean
  StuckThreshold dataExportsToMake() {
    return new StuckThreshold(
        "data-export",
        "running",
        new Rows("data_export", "status = 'running'", "requested_at", Time.BUSINESS),
        MAX_MAKING_TIME);
  }
}
