package io.cpdevents.accounts.limits.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.limits.RemoveExpiredLimits;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitJobs {

  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> expiredLimitSweep(RemoveExpiredLimits remove) {
    return Jobs.sweep("remove-expired-limits", INTERVAL, remove::handle);
  }
}
