package io.cpdevents.billing.finance.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.finance.MeasureLedger;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of finance. */
@Configuration(proxyBeanMethods = false)
class FinanceJobs {

  private static final Duration MEASURE_INTERVAL = Duration.ofMinutes(3);

  @Bean
  RecurringTask<Void> measureLedgerJob(MeasureLedger measureLedger) {
    return Jobs.repeat("measure-ledger", MEASURE_INTERVAL, measureLedger::handle);
  }
}
