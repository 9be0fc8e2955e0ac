package io.cpdevents.registration.promocodes.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.registration.promocodes.WatchPromoCodes;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks after promo codes. */
@Configuration(proxyBeanMethods = false)
class PromoCodeJobs {

  private static final Duration WATCH_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> watchPromoCodesJob(WatchPromoCodes watchPromoCodes) {
    return Jobs.repeat("watch-promo-codes", WATCH_INTERVAL, watchPromoCodes::handle);
  }
}
