package io.cpdevents.registration.events.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.events.TellMovedEvents;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells those who have registered that an event was moved. */
@Configuration(proxyBeanMethods = false)
class EventMoveJobs {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @Bean
  RecurringTask<Void> movedEventSweep(TellMovedEvents tellMovedEvents) {
    return Jobs.sweep("tell-moved-events", INTERVAL, tellMovedEvents::handle);
  }
}
