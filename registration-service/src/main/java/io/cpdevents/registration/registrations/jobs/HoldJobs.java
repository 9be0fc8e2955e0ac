package io.cpdevents.registration.registrations.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.registrations.ExpireHolds;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets holds expire when their time is over. */
@Configuration(proxyBeanMethods = false)
class HoldJobs {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  @Bean
  RecurringTask<Void> holdSweep(ExpireHolds expireHolds) {
    return Jobs.sweep("expire-holds", INTERVAL, expireHolds::handle);
  }
}
