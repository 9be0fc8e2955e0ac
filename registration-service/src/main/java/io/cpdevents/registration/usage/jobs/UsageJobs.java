package io.cpdevents.registration.usage.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.usage.WatchUsage;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks at what organizations use. */
@Configuration(proxyBeanMethods = false)
class UsageJobs {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Bean
  RecurringTask<Void> usageSweep(WatchUsage watchUsage) {
    return Jobs.sweep("watch-usage", INTERVAL, watchUsage::handle);
  }
}
