package io.cpdevents.registration.registrations.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.registrations.ExpireHolds;
import io.cpdevents.registration.registrations.RemoveHoldOrigins;
import io.cpdevents.registration.registrations.RemovePromoGuesses;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets holds expire when their time is over, and forgets where they and wrong codes came from. */
@Configuration(proxyBeanMethods = false)
class HoldJobs {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration ORIGINS_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> holdSweep(ExpireHolds expireHolds) {
    return Jobs.sweep("expire-holds", INTERVAL, expireHolds::handle);
  }

  @Bean
  RecurringTask<Void> holdOriginSweep(RemoveHoldOrigins removeHoldOrigins) {
    return Jobs.sweep("remove-hold-origins", ORIGINS_INTERVAL, removeHoldOrigins::handle);
  }

  @Bean
  RecurringTask<Void> promoGuessSweep(RemovePromoGuesses removePromoGuesses) {
    return Jobs.sweep("remove-promo-guesses", ORIGINS_INTERVAL, removePromoGuesses::handle);
  }
}
