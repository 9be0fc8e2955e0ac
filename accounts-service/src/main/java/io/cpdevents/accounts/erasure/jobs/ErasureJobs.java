package io.cpdevents.accounts.erasure.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.erasure.StartDueErasures;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErasureJobs {

  private static final Duration INTERVAL = Duration.ofSeconds(30);

  @Bean
  RecurringTask<Void> dueErasureSweep(StartDueErasures startDueErasures) {
    return Jobs.sweep("start-due-erasures", INTERVAL, startDueErasures::handle);
  }
}
