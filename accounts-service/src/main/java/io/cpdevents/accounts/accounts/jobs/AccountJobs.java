package io.cpdevents.accounts.accounts.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.accounts.AccountRetention;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccountJobs {

  private static final Duration EVERY = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> removeExpiredVerificationMails(AccountRetention retention) {
    return Jobs.sweep("remove-expired-verification-mails", EVERY, retention::removeExpiredMails);
  }

  @Bean
  RecurringTask<Void> removeUnverifiedAccounts(AccountRetention retention) {
    return Jobs.sweep("remove-unverified-accounts", EVERY, retention::removeUnverified);
  }
}
