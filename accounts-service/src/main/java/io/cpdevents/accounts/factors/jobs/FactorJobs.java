package io.cpdevents.accounts.factors.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.accounts.factors.RemoveLostFactors;
import io.cpdevents.accounts.factors.RemoveUnconfirmedTotps;
import io.cpdevents.accounts.factors.ResealTotps;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FactorJobs {

  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Duration LOST_INTERVAL = Duration.ofSeconds(30);

  @Bean
  RecurringTask<Void> unconfirmedTotpSweep(RemoveUnconfirmedTotps remove) {
    return Jobs.sweep("remove-unconfirmed-totps", INTERVAL, remove::handle);
  }

  @Bean
  RecurringTask<Void> lostFactorSweep(RemoveLostFactors remove) {
    return Jobs.sweep("remove-lost-factors", LOST_INTERVAL, remove::handle);
  }

  @Bean
  RecurringTask<Void> totpResealing(ResealTotps reseal) {
    return Jobs.sweep("reseal-totps", INTERVAL, reseal::handle);
  }
}
