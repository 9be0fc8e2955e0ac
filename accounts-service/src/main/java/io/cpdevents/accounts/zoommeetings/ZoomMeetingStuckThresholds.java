package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When meetings and registrants of which Zoom cannot be told count as stuck. */
@Configuration(proxyBeanMethods = false)
class ZoomMeetingStuckThresholds {

  private static final String FAILING = "failing_since IS NOT NULL";
  private static final Duration MAX_FAILING_TIME = Duration.ofHours(1);

  @Bean
  StuckThreshold zoomMeetingsToTell() {
    return new StuckThreshold(
        "zoom-meeting",
        "failing",
        new Rows("zoom_meeting", "event_id", FAILING, "failing_since", Time.BUSINESS),
        MAX_FAILING_TIME);
  }

  @Bean
  StuckThreshold zoomRegistrantsToTell() {
    return new StuckThreshold(
        "zoom-registrant",
        "failing",
        new Rows("zoom_registrant", FAILING, "failing_since", Time.BUSINESS),
        MAX_FAILING_TIME);
  }
}
