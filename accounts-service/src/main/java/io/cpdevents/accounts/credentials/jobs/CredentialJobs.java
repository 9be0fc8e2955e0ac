package io.cpdevents.accounts.credentials.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.credentials.RemoveExpiredEmailChanges;
import io.cpdevents.accounts.credentials.RemoveExpiredPasswordResets;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CredentialJobs {

  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> expiredPasswordResetSweep(RemoveExpiredPasswordResets remove) {
    return Jobs.sweep("remove-expired-password-resets", INTERVAL, remove::handle);
  }

  @Bean
  RecurringTask<Void> expiredEmailChangeSweep(RemoveExpiredEmailChanges remove) {
    return Jobs.sweep("remove-expired-email-changes", INTERVAL, remove::handle);
  }
}
