package io.cpdevents.accounts.logins.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.logins.RemoveOldLogins;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LoginJobs {

  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> oldLoginSweep(RemoveOldLogins remove) {
    return Jobs.sweep("remove-old-logins", INTERVAL, remove::handle);
  }
}
