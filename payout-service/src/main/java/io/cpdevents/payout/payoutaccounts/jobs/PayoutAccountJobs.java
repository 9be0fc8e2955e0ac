package io.cpdevents.payout.payoutaccounts.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.payout.payoutaccounts.AskAboutPayoutAccounts;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of payout accounts. */
@Configuration(proxyBeanMethods = false)
class PayoutAccountJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  @Bean
  RecurringTask<Void> askAboutPayoutAccountsJob(AskAboutPayoutAccounts ask) {
    return Jobs.sweep("ask-about-payout-accounts", CHECK_INTERVAL, ask::handle);
  }
}
