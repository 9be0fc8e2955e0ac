package io.cpdevents.registration.events;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When the cancellation of an event, or telling that one was moved, counts as stuck. */
@Configuration(proxyBeanMethods = false)
class EventStuckThresholds {

  /** Enough for tens of thousands of registrations. */
  private static final Duration MAX_RUNNING_TIME = Duration.ofMinutes(30);

  @Bean
  StuckThreshold runningEventCancellations() {
    return new StuckThreshold(
        "event-cancellation",
        "running",
        new Rows("event_cancellation", "done_at IS NULL", "requested_at", Time.BUSINESS),
        MAX_RUNNING_TIME);
  }

  @Bean
  StuckThreshold untoldEventMoves() {
    return new StuckThreshold(
        "event-move",
        "untold",
        new Rows("event_move_notice", "told_at IS NULL", "tell_at", Time.BUSINESS),
        MAX_RUNNING_TIME);
  }
}
