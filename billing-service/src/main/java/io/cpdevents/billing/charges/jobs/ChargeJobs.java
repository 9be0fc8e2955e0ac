package io.cpdevents.billing.charges.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.charges.AskAboutProcessingPayments;
import io.cpdevents.billing.charges.AskAboutUnsettledCharges;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of charges. */
@Configuration(proxyBeanMethods = false)
class ChargeJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  @Bean
  RecurringTask<Void> checkChargesJob(AskAboutUnsettledCharges ask) {
    return Jobs.sweep("check-charges", CHECK_INTERVAL, ask::handle);
  }

  @Bean
  RecurringTask<Void> checkProcessingPaymentsJob(AskAboutProcessingPayments ask) {
    return Jobs.sweep("check-processing-payments", CHECK_INTERVAL, ask::handle);
  }
}
