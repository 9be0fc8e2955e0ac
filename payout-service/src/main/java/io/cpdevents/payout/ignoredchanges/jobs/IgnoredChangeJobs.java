package io.cpdevents.payout.ignoredchanges.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.payout.ignoredchanges.ForgetIgnoredChanges;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of ignored changes. */
@Configuration(proxyBeanMethods = false)
class IgnoredChangeJobs {

  private static final Duration FORGET_INTERVAL = Duration.ofHours(1);

  @Bean
  RecurringTask<Void> forgetIgnoredChangesJob(ForgetIgnoredChanges forget) {
    return Jobs.sweep("forget-ignored-changes", FORGET_INTERVAL, forget::handle);
  }
}
