package io.cpdevents.billing.paymentmethods.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.paymentmethods.FollowCardExpiry;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of cards. */
@Configuration(proxyBeanMethods = false)
class PaymentMethodJobs {

  private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(5);

  @Bean
  RecurringTask<Void> followCardExpiryJob(FollowCardExpiry follow) {
    return Jobs.sweep("follow-card-expiry", EXPIRY_INTERVAL, follow::handle);
  }
}
