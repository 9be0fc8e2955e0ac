package io.cpdevents.registration.quotas.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.quotas.WatchPlaces;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks whether the counters of places are right. */
@Configuration(proxyBeanMethods = false)
class PlaceJobs {

  private static final Duration WATCH_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> watchPlacesJob(WatchPlaces watchPlaces) {
    return Jobs.repeat("watch-places", WATCH_INTERVAL, watchPlaces::handle);
  }
}
