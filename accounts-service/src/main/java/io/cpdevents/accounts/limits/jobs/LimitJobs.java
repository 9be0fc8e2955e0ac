package io.cpdevents.accounts.limits.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitJobs {

  private static final Duration EVERY = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> removeOverLimits(RequestLimits limits) {
    return Jobs.sweep("remove-over-limits", EVERY, limits::removeOver);
  }
}
