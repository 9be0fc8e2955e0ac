package io.cpdevents.billing.reconciliation.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.reconciliation.CloseDays;
import io.cpdevents.billing.reconciliation.FollowBalance;
import io.cpdevents.billing.reconciliation.FollowConnectedBalances;
import io.cpdevents.billing.reconciliation.ReadWholeBalance;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of reconciliation. */
@Configuration(proxyBeanMethods = false)
class ReconciliationJobs {

  private static final Duration FOLLOW_INTERVAL = Duration.ofMinutes(10);

  /** It has something to do once a day, or when it was interrupted. */
  private static final Duration WHOLE_INTERVAL = Duration.ofMinutes(15);

  private static final Duration CONNECTED_INTERVAL = Duration.ofHours(1);
  private static final Duration CLOSE_INTERVAL = Duration.ofMinutes(5);

  @Bean
  RecurringTask<Void> followBalanceJob(FollowBalance followBalance) {
    return Jobs.repeat("follow-balance", FOLLOW_INTERVAL, followBalance::handle);
  }

  @Bean
  RecurringTask<Void> readWholeBalanceJob(ReadWholeBalance readWholeBalance) {
    return Jobs.repeat("read-whole-balance", WHOLE_INTERVAL, readWholeBalance::handle);
  }

  @Bean
  RecurringTask<Void> followConnectedBalancesJob(FollowConnectedBalances followConnectedBalances) {
    return Jobs.repeat(
        "follow-connected-balances", CONNECTED_INTERVAL, followConnectedBalances::handle);
  }

  @Bean
  RecurringTask<Void> closeDaysJob(CloseDays closeDays) {
    return Jobs.repeat("close-days", CLOSE_INTERVAL, closeDays::handle);
  }
}
