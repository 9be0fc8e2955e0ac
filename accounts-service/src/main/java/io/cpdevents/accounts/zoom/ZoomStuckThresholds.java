package io.cpdevents.accounts.zoom;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When tokens that are not renewed, and connections that Zoom does not know to be over, count. */
@Configuration(proxyBeanMethods = false)
class ZoomStuckThresholds {

  /** An outage of Zoom's is no news; what is renewed has two months left. */
  private static final Duration MAX_REFRESH_TIME = Duration.ofDays(1);

  private static final Duration MAX_REVOCATION_TIME = Duration.ofHours(1);

  @Bean
  StuckThreshold zoomTokensToRenew() {
    return new StuckThreshold(
        "zoom-connection",
        "refreshing",
        new Rows(
            "zoom_connection", "refreshing_since IS NOT NULL", "refreshing_since", Time.SYSTEM),
        MAX_REFRESH_TIME);
  }

  @Bean
  StuckThreshold zoomGrantsToRevoke() {
    return new StuckThreshold(
        "zoom-connection",
        "disconnecting",
        new Rows("zoom_connection", "status = 'disconnecting'", "status_since", Time.BUSINESS),
        MAX_REVOCATION_TIME);
  }
}
