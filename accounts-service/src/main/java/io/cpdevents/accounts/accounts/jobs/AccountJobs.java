package io.cpdevents.accounts.accounts.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.accounts.RemoveExpiredVerificationMails;
import io.cpdevents.accounts.accounts.RemoveUnverifiedAccounts;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccountJobs {

  private static final Duration INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> expiredVerificationMailSweep(RemoveExpiredVerificationMails remove) {
    return Jobs.sweep("remove-expired-verification-mails", INTERVAL, remove::handle);
  }

  @Bean
  RecurringTask<Void> unverifiedAccountSweep(RemoveUnverifiedAccounts remove) {
    return Jobs.sweep("remove-unverified-accounts", INTERVAL, remove::handle);
  }
}
