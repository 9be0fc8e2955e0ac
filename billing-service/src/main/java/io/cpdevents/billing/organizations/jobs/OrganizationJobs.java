package io.cpdevents.billing.organizations.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.organizations.WatchDaily;
import io.cpdevents.billing.organizations.WatchPayouts;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs about the money of organizations. */
@Configuration(proxyBeanMethods = false)
class OrganizationJobs {

  private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

  @Bean
  RecurringTask<Void> watchOrganizationsJob(WatchDaily watchDaily) {
    return Jobs.repeat("watch-organizations", LOOK_INTERVAL, watchDaily::handle);
  }

  @Bean
  RecurringTask<Void> watchPayoutsJob(WatchPayouts watchPayouts) {
    return Jobs.repeat("watch-payouts", LOOK_INTERVAL, watchPayouts::handle);
  }
}
