package io.cpdevents.billing.disputes.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.disputes.AskAboutUnsettledDisputes;
import io.cpdevents.billing.disputes.TellDeadlines;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of disputes. */
@Configuration(proxyBeanMethods = false)
class DisputeJobs {

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration REMINDER_INTERVAL = Duration.ofSeconds(10);

  @Bean
  RecurringTask<Void> checkDisputesJob(AskAboutUnsettledDisputes ask) {
    return Jobs.sweep("check-disputes", CHECK_INTERVAL, ask::handle);
  }

  @Bean
  RecurringTask<Void> tellDisputeDeadlinesJob(TellDeadlines tell) {
    return Jobs.sweep("tell-dispute-deadlines", REMINDER_INTERVAL, tell::handle);
  }
}
