package io.cpdevents.billing.webhooks.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.billing.webhooks.ForgetStripeEvents;
import io.cpdevents.billing.webhooks.ListMissedEvents;
import io.cpdevents.platform.jobs.Jobs;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of webhooks, beside the worker. */
@Configuration(proxyBeanMethods = false)
class WebhookJobs {

  private static final Duration FORGET_INTERVAL = Duration.ofHours(1);

  private static final Duration LIST_INTERVAL = Duration.ofMinutes(10);

  @Bean
  RecurringTask<Void> listMissedEventsJob(ListMissedEvents list) {
    return Jobs.repeat("list-missed-events", LIST_INTERVAL, list::handle);
  }

  @Bean
  RecurringTask<Void> forgetStripeEventsJob(ForgetStripeEvents forget) {
    return Jobs.sweep("forget-stripe-events", FORGET_INTERVAL, forget::handle);
  }
}
